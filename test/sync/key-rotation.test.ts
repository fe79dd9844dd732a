import { randomBytes } from 'node:crypto';
import { SecretBox } from '../../src/persistence/index.js';
import { KeyRotation } from '../../src/sync/index.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../support/database.js';
import { addAdministration } from '../support/ledger.js';

describe('promise 23: keys rotate online', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.close());

  const old = ['old', randomBytes(32)] as const;
  const young = ['young', randomBytes(32)] as const;
  const placeOf = (id: string, field: string): string => `connection:${id}:${field}`;

  it('brings every secret of every firm under the newest key, and only then the old one may go', async () => {
    const before = new SecretBox(new Map([old]));
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) {
      const { connectionId } = await addAdministration(database, await addFirm(database, name));
      ids.push(connectionId);
      const seal = (field: string): string =>
        JSON.stringify(before.seal(`${field} of ${name}`, placeOf(connectionId, field)));
      await database.sql('update connection set access_token = $2, refresh_token = $3 where id = $1', [
        connectionId,
        seal('access_token'),
        seal('refresh_token'),
      ]);
    }
    const both = new SecretBox(new Map([young, old]));
    expect(await new KeyRotation(database.unitOfWork, both).rotate()).toEqual({
      keyId: 'young',
      rewrapped: 6,
      left: 0,
    });
    expect(await new KeyRotation(database.unitOfWork, both).rotate()).toEqual({
      keyId: 'young',
      rewrapped: 0,
      left: 0,
    });
    const after = new SecretBox(new Map([young]));
    const rows = await database.sql<{ id: string; refresh_token: never }>(
      'select id, refresh_token from connection order by created_at',
    );
    expect(rows.map((row) => after.open(row.refresh_token, placeOf(row.id, 'refresh_token')))).toEqual([
      'refresh_token of A',
      'refresh_token of B',
      'refresh_token of C',
    ]);
    expect(ids).toHaveLength(3);
  });

  it('says which key is missing when a secret stands under an unknown one', async () => {
    await expect(
      new KeyRotation(database.unitOfWork, new SecretBox(new Map([['other', randomBytes(32)]]))).rotate(),
    ).rejects.toThrow(/secret key "young" is not in OPENPOST_SECRET_KEYS/);
  });
});
