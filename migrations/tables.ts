/**
 * SQL that gives tables their walls: each row belongs to the firm of its `firm_id`, seen by `openpost_app` only when the
 * setting `openpost.firm_id` names it. A migration that makes a table calls this in the same transaction; a test looks
 * at every table of the schema for it.
 */
export function wallsOf(tables: readonly string[]): string {
  return tables
    .map(
      (name) => `
alter table ${name} enable row level security;
alter table ${name} force row level security;
create policy own_firm on ${name} to openpost_app using (firm_id = (select nullif(current_setting('openpost.firm_id', true), '')::uuid));
create policy every_firm on ${name} to openpost_system using (true);
grant select, insert, update, delete on ${name} to openpost_app, openpost_system;`,
    )
    .join('\n')
    .concat('\ngrant usage on all sequences in schema public to openpost_app, openpost_system;\n');
}
