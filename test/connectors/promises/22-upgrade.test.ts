import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Position } from '../../../src/connectors/contract/index.js';
import type { LedgerObject } from '../../../src/ledger/domain/index.js';
import { newBook } from '../../contract/reading.js';
import { Stage, type ContractSubject } from '../../contract/stage.js';
import { factsOfBook, Local, SUBJECTS } from './subjects.js';

/** Positions as version 0.1.0 stored them, in the middle of a first reading and at its end. Never edited: added to. */
interface Stored {
  readonly [connector: string]: { readonly middle: Position; readonly ends: Readonly<Record<string, Position>> };
}

const FILE = 'test/connectors/promises/positions-0.1.0.json';
const PAGES = 2;

/** Run once per release, with WRITE_POSITIONS=1: the positions of today, for the versions to come. */
async function positionsOfToday(subject: ContractSubject): Promise<Stored[string]> {
  const stage = await Stage.open(subject, await newBook(2_400, 40));
  let middle = subject.connector.firstPosition('receivables');
  for (let page = 0; page < PAGES; page += 1) middle = (await stage.pull('receivables', middle)).next;
  const ends: Record<string, Position> = {};
  for (const object of subject.connector.declaration.pullOrder) ends[object] = (await stage.walk(object)).position;
  await stage.standIn.close();
  return { middle, ends };
}

beforeAll(async () => {
  if (process.env['WRITE_POSITIONS'] !== '1' || existsSync(FILE)) return;
  const all = SUBJECTS.map(async ([, subject]) => [subject.connector.declaration.id, await positionsOfToday(subject)] as const); // prettier-ignore
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(await Promise.all(all)), null, 2)}\n`);
});

describe.each(SUBJECTS)('an upgrade in the middle of a first reading: %s', (_name, subject: ContractSubject) => {
  let stage: Stage;
  let stored: Stored[string];
  beforeAll(async () => {
    stored = (JSON.parse(readFileSync(FILE, 'utf8')) as Stored)[subject.connector.declaration.id]!;
    stage = await Stage.open(subject, await newBook(2_400, 40));
  });
  afterAll(() => stage.standIn.close());

  it('goes on where the version before it stopped, and nothing is missing', async () => {
    const local = new Local();
    const take = (records: readonly unknown[]): void => local.take(records.map((raw) => stage.map('receivables', raw)));
    let position = subject.connector.firstPosition('receivables');
    for (let page = 0; page < PAGES; page += 1) {
      const { records, next } = await stage.pull('receivables', position);
      take(records);
      position = next;
    }
    const before = local.receivables.size;
    take((await stage.walk('receivables', stored.middle)).records);
    expect(before).toBeLessThan(local.receivables.size);
    expect(local.facts()).toEqual(factsOfBook(stage));
  });

  it('finds nothing new where the version before it had read everything', async () => {
    const { objects } = subject.connector.declaration;
    for (const [object, position] of Object.entries(stored.ends)) {
      if (!objects.some((row) => row.object === object && row.readMode === 'delta')) continue;
      const { records, calls } = await stage.walk(object as LedgerObject, position);
      expect([object, records.length, calls]).toEqual([object, 0, 1]);
    }
  });
});
