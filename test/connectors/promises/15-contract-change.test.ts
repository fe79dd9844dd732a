import type { Mapped } from '../../../src/ledger/domain/index.js';
import { newBook } from '../../contract/reading.js';
import { Stage, type ContractSubject } from '../../contract/stage.js';
import { SUBJECTS } from './subjects.js';

/** What decides whom is reminded of how much and when: none of it may ever become something else unnoticed. */
const VITAL = ['debtorSourceId', 'currency', 'amount', 'openAmount', 'dueDate', 'kind', 'sourceId', 'sourceVersion'] as const; // prettier-ignore

/** Another word where an id stands is another id, and Twinfield's own sign of money is an empty number or due date. */
const IS_MEANT = /(^|\.)(id|customerId|code|number|line|line\.dim2) a new word$|line\.(invnumber|datedue) empty$/;

const vitalOf = (mapped: Mapped): string | null =>
  mapped.outcome === 'receivable' ? VITAL.map((name) => String(mapped.record[name])).join(' ') : null;

/** Every way in which one leaf of a record may come back changed after the vendor changed its interface. */
function* changesOf(raw: unknown): Generator<[string, unknown]> {
  if (typeof raw !== 'object' || raw === null) return;
  for (const [name, value] of Object.entries(raw)) {
    const { [name]: _gone, ...without } = raw as Record<string, unknown>;
    const set = (to: unknown): unknown => (Array.isArray(raw) ? raw.map((each, at) => (String(at) === name ? to : each)) : { ...raw, [name]: to }); // prettier-ignore
    if (!Array.isArray(raw)) yield [`${name} removed`, without];
    yield [`${name} an object`, set({ value })];
    yield [`${name} a list`, set([value])];
    if (typeof value === 'string') yield [`${name} a new word`, set('SOMETHING_NEW')];
    if (typeof value === 'string') yield [`${name} empty`, set('')];
    if (typeof value === 'number') yield [`${name} a text with a comma`, set(`${String(value).replace('.', ',')}x`)];
    if (typeof value === 'number') yield [`${name} no number`, set(Number.NaN)];
    for (const [inner, changed] of changesOf(value)) yield [`${name}.${inner}`, set(changed)];
  }
}

describe.each(SUBJECTS)('contract change: %s', (_name, subject: ContractSubject) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open(subject, await newBook(300, 20));
  });
  afterAll(() => stage.standIn.close());

  it('a record that lost, renamed or retyped any field is refused, or says what it said in all that matters', async () => {
    const { records } = await stage.walk('receivables');
    const sample = records.filter((raw) => stage.map('receivables', raw).outcome === 'receivable').slice(0, 40);
    expect(sample.length).toBe(40);
    const wrong: string[] = [];
    const seen = { changes: 0, refused: 0 };
    for (const raw of sample) {
      const right = vitalOf(stage.map('receivables', raw));
      for (const [change, changed] of changesOf(raw)) {
        const mapped = stage.map('receivables', changed);
        seen.changes += 1;
        if (mapped.outcome === 'rejected') seen.refused += 1;
        else if (mapped.outcome === 'receivable' && vitalOf(mapped) !== right && !IS_MEANT.test(change))
          wrong.push(`${change}: ${right} became ${vitalOf(mapped)}`);
      }
    }
    expect([...new Set(wrong.map((each) => each.replace(/:.*/, '')))]).toEqual([]);
    expect(seen.changes).toBeGreaterThan(1_000);
    expect(seen.refused).toBeGreaterThan(200);
  });

  it('a page of records that nobody can read any more is seen on the first page, and none is taken', async () => {
    const { records } = await stage.walk('receivables');
    const renamed = records.slice(0, 20).map((raw) => JSON.parse(JSON.stringify(raw).replaceAll(/"(\w+)":/g, '"x_$1":')) as unknown); // prettier-ignore
    expect(new Set(renamed.map((raw) => stage.map('receivables', raw).outcome))).toEqual(new Set(['rejected']));
  });
});
