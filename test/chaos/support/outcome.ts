import type { FourLedgers } from './four-ledgers.js';
import { writingsOf } from './facts.js';

/** What differs between two runs that did the same: our own keys, the ledgers' names of new things, and moments. */
const OWN = new Set([
  'hid',
  'id',
  'externalKey',
  'createdAt',
  'created',
  'modified',
  'at',
  'touched',
  'ID',
  'timestamp',
  'document',
]);

/** A record in words, without what differs between two runs. */
function told(record: object): string {
  const kept = Object.entries(record).filter(([name]) => !OWN.has(name));
  return JSON.stringify(Object.fromEntries(kept)).replaceAll(/\[?op:[^\]\s"]*\]?/g, '');
}

const tell = (records: readonly object[]): string[] => records.map(told).sort();

const BOOKS = `
select c.connector, 'debtor' as what, d.source_id as id, to_jsonb(d) - array['id', 'firm_id', 'administration_id', 'created_at', 'updated_at', 'source_version', 'source_hash', 'version', 'raw'] as facts
from debtor d join administration a on a.id = d.administration_id join connection c on c.id = a.connection_id
union all
select c.connector, 'receivable', r.source_id, (to_jsonb(r) || jsonb_build_object('debtor', d.source_id))
  - array['id', 'firm_id', 'administration_id', 'debtor_id', 'created_at', 'updated_at', 'source_version', 'source_hash', 'version', 'raw']
from receivable r join debtor d on d.id = r.debtor_id join administration a on a.id = r.administration_id join connection c on c.id = a.connection_id
order by 1, 2, 3`;

const CHANGES = `
select c.connector, e.object, e.change, coalesce(d.source_id, r.source_id) as id, count(*)::int as events
from change_event e cross join unnest(coalesce(e.record_ids, array[e.record_id])) as record(id)
join administration a on a.id = e.administration_id join connection c on c.id = a.connection_id
left join debtor d on d.id = record.id left join receivable r on r.id = record.id
group by 1, 2, 3, 4 order by 1, 2, 4, 3`;

const MESSAGES = `
select c.connector, d.source_id as debtor, m.level, m.open_total::text as total, count(*)::int as number
from message m join debtor d on d.id = m.debtor_id join administration a on a.id = m.administration_id join connection c on c.id = a.connection_id
where m.state = 'sent' group by 1, 2, 3, 4 order by 1, 2, 3`;

const WRITEBACKS = `
select c.connector, w.kind, w.state, count(*)::int as number from writeback w
join administration a on a.id = w.administration_id join connection c on c.id = a.connection_id
where w.state <> 'abandoned' group by 1, 2, 3 order by 1, 2, 3`;

/** What is in our books, what became known, and what the ledgers and debtors were told, in words that two runs share. */
export async function outcomeOf(ledgers: FourLedgers): Promise<Record<string, unknown>> {
  const { world, twinfield, clearfacts } = ledgers;
  const { notes, documents, attachments } = await writingsOf(world);
  const [office] = twinfield.state().offices;
  const [belgian] = clearfacts.state().administrations as { notes: object[]; dunning: object[]; documents: object[] }[];
  return {
    books: await world.sql(BOOKS),
    changes: await world.sql(CHANGES),
    messages: await world.sql(MESSAGES),
    mails: world.product.smtp.messages().map(({ to, subject }) => `${JSON.stringify(to)} ${subject}`).sort(), // prettier-ignore
    writebacks: await world.sql(WRITEBACKS),
    exact: { notes: tell(notes), documents: tell(documents), files: attachments.length },
    twinfield: tell(office!.customers),
    clearfacts: { notes: tell(belgian!.notes), dunning: tell(belgian!.dunning), documents: tell(belgian!.documents) },
    quarantine: await world.sql(`select source_id, reason from rejected_record where resolved_at is null`),
  };
}
