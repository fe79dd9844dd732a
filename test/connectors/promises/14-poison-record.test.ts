import { newBook } from '../../contract/reading.js';
import { Stage, type ContractSubject } from '../../contract/stage.js';
import { FULL, Local, SUBJECTS } from './subjects.js';

const RECORDS = FULL ? 100_000 : 5_000;

describe.each(SUBJECTS)('one poisoned record: %s', (_name, subject: ContractSubject) => {
  it(`of ${RECORDS} puts itself aside, by name and reason, and none of the others`, async () => {
    const stage = await Stage.open(subject, await newBook(RECORDS, 200));
    stage.standIn.arm({ kind: 'poison-record', match: subject.calls.receivables });
    const local = new Local();
    const { records } = await stage.walk('receivables');
    local.take(records.map((raw) => stage.map('receivables', raw)));
    await stage.standIn.close();
    expect(local.rejected).toEqual([expect.objectContaining({ reason: expect.stringMatching(/^[A-Z_]+$/), message: expect.stringMatching(/\w/) })]); // prettier-ignore
    const missing = stage.book.receivables.map(({ id }) => stage.nameOf(id)).filter((id) => !local.receivables.has(id)); // prettier-ignore
    expect(missing).toEqual([local.rejected[0]!.sourceId]);
  }, 600_000);
});
