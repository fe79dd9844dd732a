import * as fc from 'fast-check';
import type { WriteIntent } from '../../../src/connectors/contract/index.js';
import { withLine, type NoteIntent } from '../../../src/connectors/twinfield/from-ledger.js';
import { twinfield } from '../../../src/connectors/twinfield/index.js';
import { failureOf } from '../../contract/stage.js';
import { absentXml, answersOnly, asks, contextOf, dimensionXml, envelope, escape, fault, OFFICE, readRequest, validates } from './support.js'; // prettier-ignore

const intent: NoteIntent = {
  kind: 'note',
  key: 'op-7f3a',
  administration: OFFICE,
  debtorSourceId: '001000',
  subject: 'Herinnering 1: factuur 0017 & 0018',
  text: 'Beste debiteur,\ndit staat nog open.',
  date: '2026-11-20',
  documentRemoteId: null,
};
const LINE = '2026-11-20 Herinnering 1: factuur 0017 & 0018 [op-7f3a]';
const block = (...lines: string[]) => ['--- Openpost ---', ...lines, '--- einde Openpost ---'].join('\n');
const own = 'Betaalt altijd na de 20e.\n  Bel <Jan>, niet mailen.';

describe('our block in a comment', () => {
  it.each<[string, string, string]>([
    ['an empty comment', '', block(LINE)],
    ['words of others', own, `${own}\n${block(LINE)}`],
    ['a block of ours', block('2026-11-01 Eerder [op-1]'), block(LINE, '2026-11-01 Eerder [op-1]')],
    ['words around a block', `voor\n\n${block('2026-11-01 Eerder [op-1]')}\n\nna`, `voor\n\n${block(LINE, '2026-11-01 Eerder [op-1]')}\n\nna`], // prettier-ignore
    ['a block that lost its end', `voor\n--- Openpost ---\n2026-11-01 Eerder [op-1]\neigen regel`, `voor\n${block(LINE, '2026-11-01 Eerder [op-1]')}\neigen regel`], // prettier-ignore
    ['words written into the block', `--- Openpost ---\n2026-11-01 Eerder [op-1]\nJan: klopt\n--- einde Openpost ---`, `${block(LINE, '2026-11-01 Eerder [op-1]')}\nJan: klopt\n--- einde Openpost ---`], // prettier-ignore
    ['line ends of Windows', 'een\r\ntwee', `een\ntwee\n${block(LINE)}`],
  ])('goes into %s', (_name, before, after) => {
    expect(withLine(before, intent)).toBe(after);
  });

  it('keeps the newest lines that fit, and always the one being written', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...intent, key: `op-${index}`, subject: 'x'.repeat(90) }));
    const comment = many.reduce((text, each) => withLine(text, each), own);
    expect(comment.startsWith(`${own}\n--- Openpost ---\n2026-11-20 xxx`)).toBe(true);
    expect(comment.length).toBeLessThan(own.length + 1_100);
    expect(comment).toContain('[op-29]');
    expect(comment).not.toContain('[op-0]');
    const long = withLine('', { ...intent, subject: 'y'.repeat(5_000), key: 'k'.repeat(1_200) });
    expect(long).toContain(`[${'k'.repeat(1_200)}]`);
  });

  it('keeps to one line each, whatever the subject holds', () => {
    expect(withLine('', { ...intent, subject: 'a\n--- einde Openpost ---\r\n[x] b' })).toBe(
      block('2026-11-20 a --- einde Openpost --- [x] b [op-7f3a]'),
    );
  });

  it('never changes a letter of what others wrote, however often we write', () => {
    const words = fc.string({ unit: 'grapheme-ascii' }).filter((text) => !text.includes('\r') && !text.includes('Openpost')); // prettier-ignore
    fc.assert(
      fc.property(words, fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 8 }), (text, keys) => {
        const comment = keys.reduce((before, key) => withLine(before, { ...intent, key: `op-${key}` }), text);
        const at = comment.indexOf('--- Openpost ---');
        expect(comment.slice(0, at)).toBe(text === '' ? '' : `${text}\n`);
        expect(comment).toContain(`[op-${keys.at(-1)}]`);
      }),
    );
  });
});

const written = (comment: string, name = 'Waardedijk & Zn'): string =>
  `<dimensions><dimension><office>${OFFICE}</office><type>DEB</type><code>001000</code><name>${escape(name)}</name><creditmanagement>` +
  `<responsibleuser>SANNE</responsibleuser><basecreditlimit>2500.00</basecreditlimit><sendreminder>true</sendreminder><reminderemail></reminderemail>` +
  `<comment>${escape(comment)}</comment></creditmanagement></dimension></dimensions>`;
const reads = (comment: string, xml = dimensionXml({ comment })) =>
  asks({ request: readRequest('001000'), answer: xml });
const applied = { outcome: 'applied', remoteId: '001000#op-7f3a' };
const echo = (comment: string) => `<dimensions result="1">${dimensionXml({ comment, touched: 5 })}</dimensions>`;
const push = (what: WriteIntent = intent, known: { remoteId: string } | null = null) => twinfield.push(contextOf(), what, known); // prettier-ignore

describe('writing a note', () => {
  answersOnly();

  it('reads the comment, writes it back with our line, and looks whether anything else moved', async () => {
    const after = `${own}\n${block(LINE)}`;
    validates();
    reads(own);
    asks({ request: written(after), answer: echo(after) });
    reads(after, dimensionXml({ comment: after, touched: 5 }));
    expect(await push()).toEqual({ ...applied, left: expect.stringContaining(LINE) });
  });

  it('writes nothing when the line is there already, or was known to be', async () => {
    validates();
    reads(`${own}\n${block(LINE)}`);
    expect(await push()).toEqual({ ...applied, left: expect.stringContaining(LINE) });
    expect(await push(intent, { remoteId: '001000#op-7f3a' })).toEqual(applied);
  });

  it('says so when the write took more with it than the comment', async () => {
    validates();
    reads('');
    asks({ request: written(block(LINE)), answer: echo(block(LINE)) });
    const xml = dimensionXml({ comment: block(LINE) })
      .replace('Oudegracht 1', '')
      .replace('segment', '');
    reads('', xml);
    const outcome = await push();
    expect(outcome).toMatchObject({ outcome: 'rejected', fields: ['freetext2', 'field2'] });
    expect(outcome).toMatchObject({ message: expect.stringMatching(/001000 was written.*freetext2, field2/) });
  });

  it('stands when it cannot be looked at', async () => {
    validates();
    reads('');
    asks({ request: written(block(LINE)), answer: echo(block(LINE)) });
    asks({ request: readRequest('001000'), status: 429, body: '' });
    expect(await push()).toEqual({ ...applied, left: expect.stringContaining(LINE) });
  });

  it('tells what Twinfield said of a debtor that is not there', async () => {
    validates();
    asks({ request: readRequest('001000'), answer: absentXml('001000') });
    expect(await push()).toEqual({ outcome: 'rejected', message: 'Twinfield: Dimension 001000 does not exist.', fields: ['code'] }); // prettier-ignore
  });

  it.each<[string, string, string[], string]>([
    ['a refusal', '<dimensions result="0"><dimension result="0"><name msgtype="error" msg="Naam moet worden ingevuld" result="0"/></dimension></dimensions>', ['name'], 'Naam moet worden ingevuld'], // prettier-ignore
    ['two messages in one', '<dimension result="0"><comment msgtype="error" msg="Te lang.//Maximaal 500 tekens." result="0">x</comment></dimension>', ['comment'], 'Te lang. Maximaal 500 tekens.'], // prettier-ignore
    ['a warning, which is not stored either', '<dimensions result="0"><dimension result="0"><code msgtype="warning" msg="Let op." result="0">x</code></dimension></dimensions>', ['code'], 'Let op.'], // prettier-ignore
    ['a refusal without a word', '<dimensions result="0"/>', [], 'Twinfield refused it without a word.'],
  ])('is rejected by %s', async (_name, answer, fields, message) => {
    validates();
    reads('');
    asks({ request: written(block(LINE)), answer });
    expect(await push()).toEqual({ outcome: 'rejected', message, fields });
  });

  it.each<[string, { status?: number; body?: string }, string]>([
    ['a breakdown', { status: 500, body: fault(100, 'An error occurred on the server. Reference code: x') }, 'unknown'],
    ['a breakdown without words', { status: 500, body: '' }, 'unknown'],
    ['a gateway', { status: 524, body: '<html>timeout</html>' }, 'unknown'],
    ['half an answer', { body: envelope('').slice(0, -9) }, 'unknown'],
    ['another answer', { body: envelope('<Other/>') }, 'unknown'],
    ['a fault about the data', { status: 500, body: fault(100, 'De periode is afgesloten.') }, 'rejected'],
    ['a refusal that comes with a 500', { status: 500, body: envelope(`<ProcessXmlStringResponse><ProcessXmlStringResult>${escape('<dimensions result="0" msg="Nee."/>')}</ProcessXmlStringResult></ProcessXmlStringResponse>`) }, 'rejected'], // prettier-ignore
    ['a request that Twinfield cannot read', { status: 400, body: '' }, 'rejected'],
  ])('that meets %s is %s', async (_name, answer, outcome) => {
    validates();
    reads('');
    asks({ request: written(block(LINE)), ...answer });
    expect((await push()).outcome).toBe(outcome);
  });

  it.each([
    [401, fault(354, 'Token invalid.'), 'auth_expired'],
    [403, fault(102, 'Toegang geweigerd.'), 'scope_missing'],
    [429, '', 'rate_limited'],
  ])('that meets %d was not done, and is thrown', async (status, body, kind) => {
    validates();
    reads('');
    asks({ request: written(block(LINE)), status, body });
    expect((await failureOf(() => push())).kind).toBe(kind);
  });

  it('whose answer is lost is unknown', async () => {
    const context = contextOf();
    validates();
    reads('');
    await twinfield.probe(context, intent);
    reads('');
    asks({ request: written(block(LINE)), delayMs: 3_000 });
    expect((await twinfield.push(context, intent, null)).outcome).toBe('unknown');
  });

  it('is found by its key inside brackets, and by nothing less', async () => {
    const probe = async (comment: string) => {
      validates();
      reads(comment);
      return twinfield.probe(contextOf(), intent);
    };
    expect(await probe(block(LINE))).toEqual({ ...applied, left: block(LINE) });
    expect(await probe(`door iemand verplaatst: ${LINE}`)).toEqual({ ...applied, left: '' });
    expect(await probe(block(LINE.replace('op-7f3a', 'op-7f3a1')))).toEqual({ outcome: 'absent' });
    expect(await probe('op-7f3a')).toEqual({ outcome: 'absent' });
  });

  it('is never said to be absent because the debtor may not be read', async () => {
    validates();
    asks({ request: readRequest('001000'), status: 403, body: fault(102, 'Toegang geweigerd.') });
    expect((await failureOf(() => twinfield.probe(contextOf(), intent))).kind).toBe('scope_missing');
  });

  it('never lets words be taken for the token’s place', async () => {
    const subject = 'x\u0000access-token\u0000y';
    const after = block('2026-11-20 xaccess-tokeny [op-7f3a]');
    validates();
    reads('');
    asks({ request: written(after), answer: echo(after) });
    reads(after, dimensionXml({ comment: after, touched: 5 }));
    expect(await push({ ...intent, subject })).toEqual({ ...applied, left: after });
  });

  it('of a document is refused in plain words, without a call', async () => {
    const { documentRemoteId: _none, ...shared } = intent;
    const document: WriteIntent = { ...shared, kind: 'document', entrySourceId: null, fileName: 'a.pdf', file: Buffer.from('%PDF') }; // prettier-ignore
    expect(await push(document)).toMatchObject({ outcome: 'rejected', message: expect.stringMatching(/takes no documents/) }); // prettier-ignore
    expect(await twinfield.probe(contextOf(), document)).toEqual({ outcome: 'absent' });
  });

  it('declares what it writes, and asks before it touches Twinfield’s own reminders', () => {
    const operations = twinfield.declaration.objects.flatMap((row) => row.writeOperations);
    expect(operations.map(({ operation, part, optIn = false }) => [operation, part, optIn])).toEqual([
      ['note', 'comment', false],
      ['standing', 'comment', false],
      ['own-reminders', 'sendreminder', true],
      ['reminder-email', 'reminderemail', true],
    ]);
  });
});
