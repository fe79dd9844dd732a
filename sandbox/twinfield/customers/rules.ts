import { say, type Session } from '../process/session.js';

type Check = (session: Session, text: string) => string | null;

const pattern =
  (test: RegExp): Check =>
  (session, text) =>
    test.test(text) ? null : say(session, 'bad-value', text);

const BOOLEAN = pattern(/^(true|false)$/);
const WHOLE = pattern(/^\d{1,9}$/);

const atMost =
  (length: number): Check =>
  (session, text) =>
    text.length <= length ? null : say(session, 'too-long', String(length));

/** What a text must be like, by path; any other element takes any text. */
const CHECKS: Readonly<Record<string, Check>> = {
  editdimensionname: BOOLEAN,
  beginperiod: WHOLE,
  beginyear: WHOLE,
  endperiod: WHOLE,
  endyear: WHOLE,
  'financials/subanalyse': BOOLEAN,
  'financials/payavailable': BOOLEAN,
  'financials/ebilling': BOOLEAN,
  'financials/vatobligatory': BOOLEAN,
  'financials/duedays': WHOLE,
  'financials/meansofpayment': pattern(/^(none|paymentfile|cheques)$/),
  'financials/collectionschema': pattern(/^(core|b2b)$/),
  'creditmanagement/responsibleuser': (session, text) =>
    text === '' || session.userCodes.includes(text) ? null : say(session, 'no-user', text),
  'creditmanagement/basecreditlimit': pattern(/^\d{1,15}(\.\d{1,2})?$/),
  'creditmanagement/sendreminder': pattern(/^(true|email|false)$/),
  'creditmanagement/reminderemail': atMost(200),
  'creditmanagement/blocked': BOOLEAN,
  'creditmanagement/freetext1': pattern(/^(true|false|)$/),
  'creditmanagement/freetext2': atMost(40),
};

/** What is wrong with a text for an element; `null` when nothing is. `after` is how the whole customer would be. */
export function checkText(
  session: Session,
  path: string,
  { text, after }: { text: string; after: ReadonlyMap<string, string> },
): string | null {
  const problem = CHECKS[path]?.(session, text) ?? null;
  if (problem !== null || !path.startsWith('creditmanagement/')) return problem;
  const byMail = after.get('creditmanagement/sendreminder') === 'email';
  const unreachable = byMail && after.get('creditmanagement/reminderemail') === '';
  const about = path === 'creditmanagement/sendreminder' || path === 'creditmanagement/reminderemail';
  return unreachable && about ? say(session, 'email-required') : null;
}
