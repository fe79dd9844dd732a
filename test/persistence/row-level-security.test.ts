import { newId } from '../../src/kernel/index.js';
import { addFirm, createTestDatabase, type TestDatabase } from '../support/database.js';

describe('promise 22: a firm sees only its own', () => {
  let database: TestDatabase;
  let ours: string;
  let theirs: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    ours = await addFirm(database, 'Ours');
    theirs = await addFirm(database, 'Theirs');
  });
  afterAll(() => database.close());

  it('puts row-level security, forced, on every table', async () => {
    const open = await database.sql<{ relname: string }>(
      `select relname from pg_class join pg_namespace n on n.oid = relnamespace where nspname = 'public' and relkind = 'r'
         and relname <> 'schema_migration' and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
  });

  it('shows a firm its own row and no other', async () => {
    const rows = (await database.unitOfWork.inFirm(ours, (transaction) =>
      transaction.query('select id from firm'),
    )) as { id: string }[];
    expect(rows).toEqual([{ id: ours }]);
  });

  it('refuses to write a row for another firm', async () => {
    const audit = `insert into audit_entry (id, firm_id, actor, action, subject_type, subject_id) values ($1, $2, 'a', 'b', 'c', 'd')`;
    const write = database.unitOfWork.inFirm(ours, (transaction) => transaction.query(audit, [newId(), theirs]));
    await expect(write).rejects.toThrow(/row-level security/);
  });

  it('shows nothing at all to a statement outside a unit of work', async () => {
    expect(await database.dataSource.query('select id from firm')).toEqual([]);
  });

  it('runs every session as a role that cannot bypass it', async () => {
    const [role] = (await database.dataSource.query(
      'select rolbypassrls, rolsuper, rolname from pg_roles where rolname = current_user',
    )) as object[];
    expect(role).toEqual({ rolbypassrls: false, rolsuper: false, rolname: 'openpost_app' });
  });
});
