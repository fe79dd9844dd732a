import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/index.js';
import { invalid, toListPage, type ListPage, type PageQuery } from '../http/index.js';
import { UnitOfWork } from '../persistence/index.js';
import { getBooksOfDebtor } from './books.repository.js';
import { toTimelineItem, type TimelineItem, type TimelineRow } from './timeline-item.js';

/** Everything that names the debtor $1 or one of its receivables. The step of one message is one line, not one per invoice. */
const EVENTS = `
  select e.at, 'change' as source, lpad(e.id::text, 20, '0') as ref,
         jsonb_build_object('object', e.object, 'change', e.change, 'detail', e.detail, 'invoice', r.invoice_number, 'currency', r.currency) as facts
    from change_event e left join receivable r on r.id = e.record_id
   where e.record_id = $1 or e.record_id in (select id from receivable where debtor_id = $1)
  union all
  select n.created_at, 'change', n.id::text,
         jsonb_build_object('object', n.object, 'change', 'new', 'detail', '{}'::jsonb, 'invoice', n.invoice_number, 'currency', n.currency)
    from (select id, created_at, 'debtors' as object, null as invoice_number, null as currency from debtor where id = $1
          union all select id, created_at, 'receivables', invoice_number, currency from receivable where debtor_id = $1) n
  union all
  select min(s.created_at), 'step', s.message_id::text || s.level || s.state,
         jsonb_build_object('level', s.level, 'state', s.state, 'message', s.message_id,
           'invoices', string_agg(r.invoice_number, ', ' order by r.due_date, r.id))
    from step_taken s join receivable r on r.id = s.receivable_id
   where s.debtor_id = $1 group by s.message_id, s.level, s.state
  union all
  select coalesce(m.sent_at, m.created_at), 'message', m.id::text,
         jsonb_build_object('id', m.id, 'subject', m.subject, 'channel', m.channel, 'recipient', m.recipient, 'state', m.state, 'error', m.error)
    from message m where m.debtor_id = $1
  union all
  select b.created_at, 'block', b.id::text,
         jsonb_build_object('kind', b.kind, 'reason', b.reason, 'until', b.until, 'by', b.owner, 'invoice', r.invoice_number)
    from block b left join receivable r on r.id = b.receivable_id where b.debtor_id = $1
  union all
  select b.ended_at, 'block-end', b.id::text,
         jsonb_build_object('kind', b.kind, 'reason', coalesce(b.end_reason, 'by ' || b.ended_by), 'invoice', r.invoice_number)
    from block b left join receivable r on r.id = b.receivable_id where b.debtor_id = $1 and b.ended_at is not null
  union all
  select coalesce(w.applied_at, w.created_at), 'writeback', w.id::text,
         jsonb_build_object('kind', w.kind, 'state', w.state, 'summary', w.summary, 'error', w.last_error)
    from writeback w where w.debtor_id = $1 and w.kind in ('note', 'document', 'task')
  union all
  select a.at, 'audit', a.id::text, jsonb_build_object('action', a.action, 'actor', a.actor, 'detail', a.detail)
    from audit_entry a where a.subject_type = 'debtor' and a.subject_id = $1::text`;

const TIMELINE = `
  select e.at, e.at::text as at_key, e.source, e.ref, e.facts from (${EVENTS}) e
   where $2::text is null or (e.at, e.source collate "C", e.ref collate "C") < ($2::timestamptz, $3::text collate "C", $4::text collate "C")
   order by e.at desc, e.source collate "C" desc, e.ref collate "C" desc limit $5`;

/** What happened to a debtor: in the ledger, in dunning, and by people. */
@Injectable()
export class TimelineRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first. @throws Problem 404 when there is no such debtor */
  async list(firmId: string, debtorId: string, page: PageQuery): Promise<ListPage<TimelineItem>> {
    const after = readAfter(page);
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      await getBooksOfDebtor(transaction, this.clock, debtorId);
      const rows = (await transaction.query(TIMELINE, [debtorId, ...after, page.limit + 1])) as TimelineRow[];
      return toListPage(rows, page, { key: (row) => [row.at_key, row.source, row.ref], item: toTimelineItem });
    });
  }
}

const INSTANT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/;

function readAfter({ after }: PageQuery): readonly (string | null)[] {
  if (after === null) return [null, null, null];
  const [at, source, ref] = after;
  const readable =
    at !== undefined && INSTANT.test(at) && !Number.isNaN(Date.parse(at.replace(' ', 'T').replace('+00', 'Z')));
  if (after.length !== 3 || !readable || [source, ref].some((part) => part === undefined || part.includes('\0')))
    throw invalid('cursor', 'the nextCursor of an earlier answer to the same question');
  return after;
}
