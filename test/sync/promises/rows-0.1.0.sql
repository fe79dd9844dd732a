-- Rows as version 0.1.0 wrote them: a firm in the middle of its first reading, with a journal in every state. Never edited.
insert into firm (id, name) values ('01a00000-0000-7000-8000-000000000001', 'Kantoor De Vries');
insert into connection (id, firm_id, connector, name, state, settings, source_user, lineage, version) values
  ('01a00000-0000-7000-8000-000000000002', '01a00000-0000-7000-8000-000000000001', 'exact-online', 'Exact Online', 'active', '{}', 'demo', '01a00000-0000-7000-8000-0000000000aa', 3);
insert into administration (id, firm_id, connection_id, source_id, name, currency, country, language, time_zone, house_style, writeback_choices, source_state, quota) values
  ('01a00000-0000-7000-8000-000000000003', '01a00000-0000-7000-8000-000000000001', '01a00000-0000-7000-8000-000000000002', '1700101', 'Bakker BV', 'EUR', 'NL', 'nl', 'Europe/Amsterdam',
   '{"senderName": "Bakker BV"}', '{"note": true, "document": false}', '{}', '[{"scope": "day", "remaining": 4800, "limit": 5000, "resetsAt": "2026-11-19T00:00:00.000Z"}]');
insert into schedule (administration_id, firm_id, cron, time_zone, enabled, next_at) values
  ('01a00000-0000-7000-8000-000000000003', '01a00000-0000-7000-8000-000000000001', '0 6,12 * * 1-5', 'Europe/Amsterdam', true, '2026-11-18T11:00:00Z');
insert into sync (id, firm_id, administration_id, kind, trigger, state, objects, calls, lease_owner, lease_until, started_at) values
  ('01a00000-0000-7000-8000-000000000004', '01a00000-0000-7000-8000-000000000001', '01a00000-0000-7000-8000-000000000003', 'full', 'first', 'running',
   '[{"object": "debtors", "pages": 1, "calls": 1, "read": 12, "new": 12, "changed": 0, "unchanged": 0, "deleted": 0, "rejected": 0, "total": 12, "state": "done"}, {"object": "receivables", "pages": 2, "calls": 2, "read": 2000, "new": 2000, "changed": 0, "unchanged": 0, "deleted": 0, "rejected": 0, "total": 2466, "state": "running"}]',
   3, '01a00000-0000-7000-8000-0000000000bb', '2026-11-18T08:00:00Z', '2026-11-18T07:59:00Z');
insert into object_position (administration_id, object, firm_id, position) values
  ('01a00000-0000-7000-8000-000000000003', 'receivables', '01a00000-0000-7000-8000-000000000001',
   '{"version": 1, "family": "row-version", "after": "1", "highest": "4102041", "next": "/api/v1/1700101/sync/Cashflow/PaymentTerms?$filter=Timestamp%20gt%201L&$skiptoken=4102041L"}');
insert into debtor (id, firm_id, administration_id, source_id, source_hash, code, name, kind, country) values
  ('01a00000-0000-7000-8000-000000000005', '01a00000-0000-7000-8000-000000000001', '01a00000-0000-7000-8000-000000000003', '6f1c0000-0000-4000-8000-000000000001', '\x00', '100', 'Jansen BV', 'business', 'NL');
insert into writeback (id, firm_id, administration_id, debtor_id, kind, intent_key, intent, summary, state, attempts, last_error, last_error_kind, remote_id, lease_until)
select ('01a00000-0000-7000-8000-0000000001' || lpad(n::text, 2, '0'))::uuid, '01a00000-0000-7000-8000-000000000001', '01a00000-0000-7000-8000-000000000003',
  '01a00000-0000-7000-8000-000000000005', kind, 'op:' || n, jsonb_build_object('kind', kind, 'subject', 'Openpost: herinnering', 'text', 'Tekst', 'date', '2026-11-18') || extra, 'Eerste herinnering',
  state, attempts, error, error_kind, remote, lease::timestamptz
from (values
  (1, 'note', '{}'::jsonb, 'pending', 0, null, null, null, null),
  (2, 'note', '{}', 'sending', 1, null, null, null, '2026-11-18T08:00:00Z'),
  (3, 'document', '{"entrySourceId": null}', 'applied', 1, null, null, 'b0e10000-0000-4000-8000-000000000009', null),
  (4, 'note', '{}', 'rejected', 1, 'Account bestaat niet', 'write_rejected', null, null),
  (5, 'note', '{}', 'unknown', 2, 'no answer', 'outcome_unknown', null, null),
  (6, 'document', '{"entrySourceId": "7a000000-0000-4000-8000-000000000001"}', 'abandoned', 1, 'refused', 'write_rejected', null, null)
) as w(n, kind, extra, state, attempts, error, error_kind, remote, lease);
insert into writeback_attempt (firm_id, writeback_id, outcome, error_kind, detail) values
  ('01a00000-0000-7000-8000-000000000001', '01a00000-0000-7000-8000-000000000104', 'rejected', 'write_rejected', 'Account bestaat niet');
