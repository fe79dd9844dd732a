import type { TextTools } from '../../ui/text';

const PLACED =
  /^Line (\d+) of .+, (?:column "(.+)"|no column was chosen for \w+): expected (.+), (?:got "(.*)"|it is empty)\.$/s;
const TWICE = /^Line (\d+) of .+: "(.+)" stands on line (\d+) too;/s;

/** What the server says of a row, in the reader's language where it is one of the sentences that we know. */
export function sayProblem(message: string, text: TextTools): string {
  const { t } = text;
  const twice = TWICE.exec(message);
  if (twice !== null) return t('files.twice', { line: twice[1] ?? '', id: twice[2] ?? '', earlier: twice[3] ?? '' });
  const placed = PLACED.exec(message);
  if (placed === null) return message;
  const [, line = '', column, expectation = '', got] = placed;
  const place = column === undefined ? t('files.atField', { line }) : t('files.atColumn', { line, column });
  const expected = sayExpected(expectation, text);
  return got === undefined
    ? t('files.expectedEmpty', { place, expected })
    : t('files.expected', { place, expected, got });
}

function sayExpected(expectation: string, { t }: TextTools): string {
  const like = / such as (.+)$/.exec(expectation)?.[1] ?? '';
  if (expectation === 'a value') return t('files.expecting.value');
  if (expectation.startsWith('an amount such as')) return t('files.expecting.amount', { like });
  if (expectation.startsWith('an amount with at most')) return t('files.expecting.decimals');
  if (expectation.startsWith('an amount that is not zero')) return t('files.expecting.nonzero');
  if (expectation.startsWith('a date')) return t('files.expecting.date', { like });
  if (expectation.startsWith('a currency')) return t('files.expecting.currency');
  if (expectation.startsWith('the same sign')) return t('files.expecting.sign');
  if (expectation.startsWith('the number or the name')) return t('files.expecting.debtor');
  return expectation;
}
