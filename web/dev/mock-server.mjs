/** Development only: answers /api/v1 from authored data and serves web/dist, so that every screen can be looked at. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { groupBy } from './mock-data.mjs';
import * as data from './mock-data.mjs';

const DIST = process.env.DIST ?? new URL('../dist', import.meta.url).pathname;
const PORT = Number(process.env.PORT ?? 3055);
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html' };
const TEMPLATES = [{ key: 'first-reminder', language: 'nl', version: 2, subject: 'Factuur {{ invoice.number }} van {{ sender.name }}: vriendelijke herinnering', body: 'Beste {{ recipient }},\n\nMisschien is het u ontgaan: factuur {{ invoice.number }} is op {{ invoice.dueDate }} vervallen.\n\n{% payment %}\n\n{% invoices %}\n\nMet vriendelijke groet,\n\n{{ sender.signature }}' }, { key: 'second-reminder', language: 'nl', version: 1, subject: 'Factuur {{ invoice.number }}: tweede herinnering', body: 'Beste {{ recipient }},' }];
const session = { user: { id: 'u1', name: 'Sanne de Boer', email: 'demo@openpost.example', role: 'admin' }, firm: { id: 'f1', name: 'Kantoor De Boer' } };
const state = { loggedIn: process.env.LOGGED_IN === '1', sync: null };
const list = (items, query) => {
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(query.get('cursor') || 0);
  return { items: items.slice(from, from + limit), nextCursor: from + limit < items.length ? String(from + limit) : null };
};
const byId = (items) => (id) => items.find((each) => each.id === id);
const overview = () => {
  const it = data.administration();
  return { open: it.openAmount, overdue: it.overdueAmount, openCount: data.receivables.length, overdueCount: data.receivables.filter((row) => row.daysOverdue > 0).length, debtorCount: 100, ageing: data.ageing(), lateShare: 0.357, administrations: [it], waiting: { runsAwaitingApproval: data.runs.filter((run) => run.state === 'awaiting_approval').length, uncertainMessages: 3, failedMessages: 1, rejectedWritebacks: 4, unknownWritebacks: 0, openTasks: 1, connectionsToReconnect: process.env.BROKEN === '1' ? 1 : 0 } };
};
const has = (text, search) => !search || text.toLowerCase().includes(search.toLowerCase());
function debtorRows(q) {
  const order = { name: (a, b) => a.name.localeCompare(b.name), oldest: (a, b) => b.oldestOverdueDays - a.oldestOverdueDays, open: (a, b) => b.open.amount - a.open.amount };
  return data.debtors.filter((each) => has(each.name + each.code, q.get('search')) && (!q.get('segment') || each.segment.id === q.get('segment')) && (!q.get('overdue') || Number(each.overdue.amount) > 0)).sort(order[q.get('sort')] ?? ((a, b) => b.overdue.amount - a.overdue.amount));
}
function receivableRows(q) {
  return data.receivables.filter((row) => has(row.invoiceNumber + row.debtor.name, q.get('search')) && (!q.get('debtor') || row.debtor.id === q.get('debtor')) && (!q.get('overdue') || row.daysOverdue > 0) && (!q.get('bucket') || data.BUCKETS[q.get('bucket')](row.daysOverdue)) && (!q.get('level') || row.level === Number(q.get('level'))) && (!q.get('blocked') || String(row.blocked !== null) === q.get('blocked'))).sort((a, b) => b.daysOverdue - a.daysOverdue);
}
function startSync() {
  const total = 2566;
  const object = (name, read) => ({ object: name, state: 'running', pages: 1, calls: 2, read, new: 0, changed: 3, unchanged: Math.max(0, read - 3), deleted: 0, rejected: 0, total: null });
  const sync = { ...data.syncs[0], id: `syn-${data.syncs.length + 10}`, trigger: 'manual', state: 'running', startedAt: new Date().toISOString(), createdAt: new Date().toISOString(), finishedAt: null, progress: { done: 0, total, ratePerSecond: 400, secondsLeft: 6 } };
  data.syncs.unshift(sync);
  const timer = setInterval(() => {
    const done = Math.min(total, sync.progress.done + 160);
    sync.progress = { done, total, ratePerSecond: 412, secondsLeft: (total - done) / 412 };
    sync.objects = [object('accounts', Math.min(100, done)), object('payment-terms', Math.max(0, done - 100))];
    if (done < total) return;
    clearInterval(timer);
    Object.assign(sync, { state: 'complete', finishedAt: new Date().toISOString(), objects: data.syncs[1].objects });
  }, 300);
  return sync;
}
function approve(run) {
  Object.assign(run, { state: 'approved', approvedAt: new Date().toISOString(), approvedBy: session.user.name, applied: { messages: 0, skipped: {} } });
  setTimeout(() => {
    run.state = 'applying';
    const timer = setInterval(() => {
      run.applied.messages = Math.min(run.summary.messages - 2, run.applied.messages + 4);
      if (run.applied.messages < run.summary.messages - 2) return;
      clearInterval(timer);
      run.applied.skipped = { PAID_SINCE_PLAN: 2 };
      Object.assign(run, { state: 'applied', appliedAt: new Date().toISOString() });
    }, 400);
  }, 1500);
  return run;
}
const counts = () => Object.fromEntries([...groupBy(data.debtors, (each) => each.segment.id)].map(([id, group]) => [id, group.length]));
const nextRuns = () => Array.from({ length: 5 }, (_, n) => new Date(Date.now() + (n + 1) * 3_600_000).toISOString());
const schedule = { cron: '0 * * * *', timeZone: 'Europe/Amsterdam', enabled: true, nextAt: null, nextRuns: nextRuns() };
const quarantine = [{ id: 'q1', object: 'payment-terms', sourceId: '{77aa}', reason: 'UNKNOWN_CURRENCY', message: 'Onbekende valuta "XXQ"', raw: { ID: '{77aa}', AmountDC: 120.5, Currency: 'XXQ' }, firstSeenAt: data.syncs[1].createdAt, lastSeenAt: data.syncs[0].createdAt }];
const audit = Array.from({ length: 8 }, (_, n) => ({ at: new Date(Date.now() - n * 4_000_000).toISOString(), actor: n % 3 === 0 ? 'Openpost' : 'Sanne de Boer', action: ['run.approved', 'sync.started', 'block.added'][n % 3], subject: ['run-1', 'Bakker Groothandel BV', data.debtors[n].name][n % 3], detail: null }));
const A = '/administrations/:id';
const routes = {
  'GET /auth/demo': () => ({ email: 'demo@openpost.example', password: 'demo-openpost' }),
  'GET /auth/me': () => (state.loggedIn ? session : null),
  'POST /auth/login': (_, __, body) => (body.password === 'demo-openpost' ? ((state.loggedIn = true), session) : null),
  'POST /auth/logout': () => ((state.loggedIn = false), undefined),
  'GET /auth/api-keys': () => ({ items: [{ id: 'k1', name: 'Power BI', role: 'viewer', createdAt: data.syncs[2].createdAt, lastUsedAt: null }] }),
  'POST /auth/api-keys': (_, __, body) => ({ id: 'k2', ...body, key: 'opk_live_3f9a7c5be2d14e0f' }),
  'GET /overview': overview,
  'GET /connectors': () => ({ items: data.connectors }),
  'GET /connections': () => ({ items: process.env.BROKEN === '1' ? data.connections : data.connections.slice(0, 1) }),
  'POST /connections': () => ({ id: 'con-1', authorizeUrl: '/connections/con-1?result=connected' }),
  'POST /connections/:id/reconnect': () => ({ authorizeUrl: '/connections/con-1?result=connected' }),
  'GET /connections/:id': ([id]) => byId(data.connections)(id),
  'GET /connections/:id/administrations': () => ({ items: [{ sourceId: '3423711', name: 'Bakker Groothandel BV', country: 'NL', currency: 'EUR', enabled: true, administrationId: data.ADMINISTRATION, rights: [] }, { sourceId: '3423715', name: 'Bakker Vastgoed BV', country: 'NL', currency: 'EUR', enabled: false, administrationId: null, rights: [{ object: 'Documenten', allowed: false, message: null }] }] }),
  'GET /administrations': () => ({ items: [data.administration()] }),
  [`GET ${A}`]: () => data.administration(), [`PATCH ${A}`]: () => data.administration(),
  [`GET ${A}/schedule`]: () => schedule, [`PUT ${A}/schedule`]: (_, __, body) => Object.assign(schedule, body, { nextRuns: nextRuns() }),
  [`GET ${A}/syncs`]: (_, q) => list(data.syncs, q), [`POST ${A}/syncs`]: () => ({ id: startSync().id, status: 'queued' }),
  'GET /syncs/:id': ([id]) => byId(data.syncs)(id),
  [`GET ${A}/quarantine`]: () => ({ items: quarantine }),
  [`GET ${A}/debtors`]: (_, q) => list(debtorRows(q), q), [`GET ${A}/receivables`]: (_, q) => list(receivableRows(q), q),
  'GET /debtors/:id': ([id]) => byId(data.debtors)(id), 'PATCH /debtors/:id': ([id]) => byId(data.debtors)(id),
  'GET /debtors/:id/timeline': () => ({ items: data.timeline }),
  'GET /debtors/:id/blocks': ([id]) => ({ items: data.blocks.filter((block) => block.debtorId === id) }),
  'POST /receivables/:id/blocks': ([id], _, body) => { const row = byId(data.receivables)(id); const block = { id: `b${Date.now()}`, until: null, amount: null, ...body, receivableId: id, debtorId: row.debtor.id, owner: session.user.name, createdAt: new Date().toISOString(), endedAt: null, endReason: null }; data.blocks.push(block); row.blocked = block; return block; },
  'POST /debtors/:id/blocks': ([id], _, body) => { const block = { id: `b${Date.now()}`, until: null, amount: null, ...body, receivableId: null, debtorId: id, owner: session.user.name, createdAt: new Date().toISOString(), endedAt: null, endReason: null }; data.blocks.push(block); return block; },
  'DELETE /blocks/:id': ([id]) => { byId(data.blocks)(id).endedAt = new Date().toISOString(); },
  [`GET ${A}/segments`]: () => ({ version: 2, rules: data.SEGMENTS, counts: counts() }),
  [`GET ${A}/scenarios`]: () => ({ items: data.scenarios }), [`GET ${A}/templates`]: () => ({ items: TEMPLATES }), [`PUT ${A}/templates`]: () => ({ items: TEMPLATES }),
  [`GET ${A}/tasks`]: () => ({ items: data.tasks }), 'POST /tasks/:id/done': () => { data.tasks[0].state = 'done'; },
  [`GET ${A}/worklist`]: () => ({ items: debtorRows(new URLSearchParams()).slice(0, 8).map((each) => ({ debtor: { id: each.id, name: each.name }, open: each.open, overdue: each.overdue, oldestOverdueDays: each.oldestOverdueDays, level: each.level, segment: each.segment, why: 'Grootste vervallen bedrag', nextAction: 'Bellen' })) }),
  [`GET ${A}/dunning-runs`]: (_, q) => list(data.runs, q), [`POST ${A}/dunning-runs`]: () => ({ id: 'run-2', status: 'planning' }),
  'GET /dunning-runs/:id': ([id]) => byId(data.runs)(id),
  'GET /dunning-runs/:id/lines': (_, q) => list(data.lines.filter((line) => (!q.get('decision') || line.decision === q.get('decision')) && (!q.get('reason') || line.reason === q.get('reason')) && (!q.get('debtor') || line.debtor.id === q.get('debtor'))), q),
  'PATCH /dunning-runs/:id/lines/:receivable': ([id, receivable], _, body) => { const line = data.lines.find((each) => each.receivable.id === receivable); line.held = body.held; byId(data.runs)(id).summary = data.summary(); return line; },
  'GET /dunning-runs/:id/messages': () => ({ items: data.planned() }),
  'GET /dunning-runs/:id/preview/:debtor': ([, debtor]) => ({ subject: 'Factuur 2026-0412 van Bakker Groothandel BV: vriendelijke herinnering', html: data.html(byId(data.debtors)(debtor).contactName), text: '' }),
  'POST /dunning-runs/:id/approve': ([id]) => approve(byId(data.runs)(id)),
  [`GET ${A}/messages`]: (_, q) => list(data.messages.filter((each) => !q.get('state') || each.state === q.get('state')), q), 'GET /messages/:id': ([id]) => byId(data.messages)(id),
  'POST /messages/:id/settle': ([id], _, body) => Object.assign(byId(data.messages)(id), { state: body.outcome === 'sent' ? 'sent' : 'failed' }),
  [`GET ${A}/writebacks`]: (_, q) => list(data.writebacks.filter((each) => !q.get('state') || each.state === q.get('state')), q), 'POST /writebacks/:id/retry': ([id]) => Object.assign(byId(data.writebacks)(id), { state: 'pending' }),
  'GET /audit': (_, q) => list(audit, q),
};
const table = Object.entries(routes).map(([key, answer]) => {
  const [method, path] = key.split(' ');
  return { method, pattern: new RegExp(`^${path.replace(/:[a-z]+/gi, '([^/]+)')}$`), answer };
});
function events(response, id) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const timer = setInterval(() => {
    const sync = byId(data.syncs)(id);
    const ended = sync.finishedAt !== null;
    response.write(`event: ${ended ? 'done' : 'progress'}\ndata: ${JSON.stringify(sync)}\n\n`);
    if (ended) { clearInterval(timer); response.end(); }
  }, 250);
  response.on('close', () => clearInterval(timer));
}
const json = (response, status, body) => { response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' }); response.end(body === undefined ? undefined : JSON.stringify(body)); };
function serveApi(request, response, url, body) {
  const path = url.pathname.slice('/api/v1'.length);
  const stream = /^\/syncs\/([^/]+)\/events$/.exec(path);
  if (stream) return events(response, stream[1]);
  if (!state.loggedIn && !path.startsWith('/auth/')) return json(response, 401, { title: 'No session', status: 401, code: 'unauthenticated' });
  const route = table.find((each) => each.method === request.method && each.pattern.test(path));
  if (!route) return json(response, 404, { title: 'Not found', status: 404, code: 'not_found' });
  const answer = route.answer(route.pattern.exec(path).slice(1), url.searchParams, body);
  if (answer === null) return json(response, 401, { title: 'No session', status: 401, code: 'unauthenticated' });
  return json(response, answer === undefined ? 204 : 200, answer);
}
createServer((request, response) => {
  const url = new URL(request.url, `http://localhost:${PORT}`);
  if (url.pathname.startsWith('/api/v1')) {
    let text = '';
    request.on('data', (chunk) => (text += chunk)).on('end', () => serveApi(request, response, url, text ? JSON.parse(text) : {}));
    return;
  }
  const file = join(DIST, url.pathname);
  if (extname(file) && existsSync(file)) { response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }); createReadStream(file).pipe(response); return; }
  response.writeHead(200, { 'content-type': 'text/html' }).end(readFileSync(join(DIST, 'index.html')));
}).listen(PORT, () => console.log(`mock on http://localhost:${PORT}`));
