/** Authored data for looking at the UI without a server: about a hundred debtors, seeded, the same every time. */

const DAY = 86_400_000;
export const now = () => new Date();
const iso = (ms) => new Date(ms).toISOString();
const ago = (minutes) => iso(Date.now() - minutes * 60_000);
const day = (offset) => iso(Date.now() + offset * DAY).slice(0, 10);
export const eur = (cents) => ({ amount: (cents / 100).toFixed(2), currency: 'EUR' });

export function groupBy(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

function seeded(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
const random = seeded(7);
const pick = (list) => list[Math.floor(random() * list.length)];
const between = (low, high) => Math.floor(low + random() * (high - low + 1));

const FIRST = ['Bakker', 'Van den Berg', 'De Vries', 'Jansen', 'Peeters', 'Maes', 'Dekker', 'Visser', 'Claes', 'Hendriks', 'Van Dijk', 'Smit', 'Willems', 'Kok', 'Mulder', 'Jacobs', 'Bos', 'Vos', 'Hermans', 'De Graaf'];
const TRADE = ['Installaties', 'Bouw', 'Transport', 'Logistiek', 'Advies', 'Groothandel', 'Metaal', 'Interieur', 'Drukwerk', 'Techniek'];
const TOWN = ['Eindhoven', 'Rotterdam', 'Gent', 'Zwolle', 'Antwerpen', 'Utrecht', 'Breda', 'Leuven'];
export const SEGMENTS = [
  { id: 'special', name: 'Special', match: 'any', when: [{ field: 'blocked', op: '=', value: true }, { field: 'publicBody', op: '=', value: true }, { field: 'directDebit', op: '=', value: true }] },
  { id: 'new', name: 'New', when: [{ field: 'paidCount', op: '<', value: 3 }] },
  { id: 'high-risk', name: 'High risk', match: 'any', when: [{ field: 'amountWeightedDaysLate', op: '>', value: 14 }, { field: 'shareOnTimeByAmount', op: '<', value: 0.4 }, { field: 'oldestOverdueDays', op: '>', value: 60 }] },
  { id: 'low-risk', name: 'Low risk', when: [{ field: 'amountWeightedDaysLate', op: '<=', value: 2 }, { field: 'shareOnTimeByAmount', op: '>=', value: 0.9 }, { field: 'trend', op: '!=', value: 'worsening' }] },
  { id: 'normal', name: 'Normal', when: [] },
];

function segmentOf(late, share) {
  if (late > 14) return { id: 'high-risk', name: 'High risk', reason: 'The average days late, weighted by amount, is above 14.', reasonCode: 'CONDITIONS_MET', override: false, facts: { currency: 'EUR', conditions: [{ field: 'amountWeightedDaysLate', op: '>', value: 14, actual: late }] } };
  if (late <= 2) return { id: 'low-risk', name: 'Low risk', reason: 'Pays on time.', reasonCode: 'CONDITIONS_MET', override: false, facts: { currency: 'EUR', conditions: [{ field: 'amountWeightedDaysLate', op: '<=', value: 2, actual: late }, { field: 'shareOnTimeByAmount', op: '>=', value: 0.9, actual: share }] } };
  return { id: 'normal', name: 'Normal', reason: 'No other rule fits.', reasonCode: 'DEFAULT_SEGMENT', override: false, facts: { currency: 'EUR', conditions: [] } };
}

export const ADMINISTRATION = 'adm-1';
export const receivables = [];
export const debtors = Array.from({ length: 100 }, (_, index) => {
  const family = FIRST[index % FIRST.length];
  const name = `${family} ${TRADE[(index * 7) % TRADE.length]} ${index % 9 === 0 ? 'NV' : 'BV'}`;
  const late = Math.round(random() * random() * 420) / 10;
  const share = Math.max(0.05, Math.round((1 - late / 40) * 100) / 100);
  const id = `deb-${index + 1}`;
  const items = between(0, 7);
  for (let n = 0; n < items; n += 1) {
    const overdue = between(-28, 20) + (random() < 0.25 ? between(10, 90) : 0);
    const amount = between(9_000, 900_000);
    const level = overdue > 45 ? 2 : overdue > 18 ? 1 : 0;
    receivables.push({
      id: `rec-${receivables.length + 1}`, administrationId: ADMINISTRATION, debtor: { id, name }, sourceId: `{${index}-${n}}`,
      invoiceNumber: `2026${String(receivables.length + 400).padStart(4, '0')}`, yourRef: random() < 0.4 ? `PO ${between(1000, 9999)}` : null,
      kind: 'invoice', invoiceDate: day(-overdue - 30), dueDate: day(-overdue), daysOverdue: overdue, amount: eur(amount), open: eur(random() < 0.1 ? Math.floor(amount / 2) : amount),
      status: 'open', settledOn: null, level, lastStepOn: level > 0 ? day(-10) : null, blocked: null, description: pick(TRADE), 
    });
  }
  return {
    id, administrationId: ADMINISTRATION, sourceId: `guid-${id}`, code: String(10_000 + index), name, contactName: `${pick(['Pieter', 'Sanne', 'Marieke', 'Tom', 'Lotte'])} ${family}`,
    email: index % 17 === 4 ? null : `administratie@${family.toLowerCase().replace(/\s/g, '')}${index}.example`, phone: '040 123 45 67', language: index % 9 === 0 ? 'fr' : 'nl', country: index % 9 === 0 ? 'BE' : 'NL', kind: 'business',
    address: { line: `Molenstraat ${index + 1}`, postcode: '5611 EK', city: pick(TOWN), country: 'NL' }, vatNumber: `NL${between(100000000, 999999999)}B01`, chamberOfCommerce: String(between(10000000, 99999999)), blockedInLedger: false, accountManager: null, dunningContact: null,
    segment: segmentOf(late, share), overrides: { segment: null, kind: null, language: null },
    profile: { asOf: day(0), windowDays: 365, currency: 'EUR', paidCount: between(6, 40), amountWeightedDaysLate: late, medianDaysLate: Math.round(late * 0.8), shareOnTimeByCount: share, shareOnTimeByAmount: share, trend: { direction: pick(['improving', 'stable', 'worsening']), recentDaysLate: late, earlierDaysLate: late + 2 }, overdueCount: 2, oldestOverdueDays: 12, turnover: eur(between(500_000, 9_000_000)), lastPaymentOn: day(-between(1, 30)) },
  };
});
const cents = (money) => Math.round(Number(money.amount) * 100);
export const sum = (rows) => eur(rows.reduce((total, row) => total + cents(row.open), 0));
for (const debtor of debtors) {
  const own = receivables.filter((row) => row.debtor.id === debtor.id);
  const late = own.filter((row) => row.daysOverdue > 0);
  debtor.open = sum(own);
  debtor.overdue = sum(late);
  debtor.oldestOverdueDays = Math.max(0, ...own.map((row) => row.daysOverdue));
  debtor.level = Math.max(0, ...own.map((row) => row.level));
}
export const blocks = [
  { id: 'blk-1', kind: 'promise', reason: 'Betaalt na de vakantie, toegezegd aan de telefoon', until: day(9), amount: eur(125_000), receivableId: receivables[2].id, debtorId: receivables[2].debtor.id, owner: 'Sanne de Boer', createdAt: ago(3000), endedAt: null, endReason: null },
  { id: 'blk-2', kind: 'dispute', reason: 'Levering onvolledig volgens de klant', until: null, amount: null, receivableId: receivables[12].id, debtorId: receivables[12].debtor.id, owner: 'Sanne de Boer', createdAt: ago(900), endedAt: null, endReason: null },
];
receivables[2].blocked = blocks[0];
receivables[12].blocked = blocks[1];

export const BUCKETS = { 'not-due': (d) => d <= 0, '1-30': (d) => d > 0 && d <= 30, '31-60': (d) => d > 30 && d <= 60, '61-90': (d) => d > 60 && d <= 90, '90+': (d) => d > 90 };
export const ageing = () => Object.entries(BUCKETS).map(([bucket, within]) => {
  const rows = receivables.filter((row) => within(row.daysOverdue));
  return { bucket, amount: sum(rows), count: rows.length };
});

const syncObject = (object, read, changed, rejected = 0) => ({ object, state: 'done', pages: Math.ceil(read / 1000), calls: Math.ceil(read / 1000) || 1, read, new: 0, changed, unchanged: read - changed - rejected, deleted: 0, rejected, total: read });
export const syncs = [0, 1, 2].map((n) => ({
  id: `syn-${n}`, administrationId: ADMINISTRATION, kind: n === 2 ? 'full' : 'delta', trigger: ['manual', 'schedule', 'first'][n], state: n === 1 ? 'complete_with_quarantine' : 'complete', startedAt: ago(4 + n * 300), finishedAt: ago(3.8 + n * 300), createdAt: ago(4 + n * 300), calls: 7 + n * 3,
  progress: { done: 2566, total: 2566, ratePerSecond: 800, secondsLeft: 0 }, error: null,
  objects: [syncObject('accounts', 100, 3), syncObject('payment-terms', 2466, 41, n === 1 ? 1 : 0), syncObject('deletions', 0, 0)],
}));

export const administration = () => ({
  id: ADMINISTRATION, connectionId: 'con-1', connector: 'exact-online', sourceId: '3423711', name: 'Bakker Groothandel BV', currency: 'EUR', country: 'NL', language: 'nl', timeZone: 'Europe/Amsterdam', enabled: true,
  houseStyle: { senderName: 'Bakker Groothandel BV', senderEmail: 'administratie@bakker.example', replyTo: null, iban: 'NL91ABNA0417164300', bic: null, accentColor: '#0f766e', signature: 'Sanne de Boer\nBakker Groothandel BV', addressLines: ['Molenstraat 12', '5611 EK Eindhoven'], phone: '040 123 45 67' },
  writebackChoices: { note: true, document: true }, dunning: { automatic: false, maxStalenessMinutes: null }, lastSync: syncs[0], lastGoodPullAt: syncs[0].finishedAt, tieOut: { state: 'ties-out', difference: eur(0), checkedAt: syncs[0].finishedAt },
  openAmount: sum(receivables), overdueAmount: sum(receivables.filter((row) => row.daysOverdue > 0)), debtorCount: debtors.length, receivableCount: 2466, quarantined: 1, firstLoadedAt: ago(40_000),
});

const scenarioSteps = [
  { level: 1, channel: 'email', template: 'first-reminder', trigger: { anchor: 'due-date', days: 7 } },
  { level: 2, channel: 'email', template: 'second-reminder', trigger: { anchor: 'previous-step', days: 10 } },
  { level: 3, channel: 'letter', template: 'formal-notice', trigger: { anchor: 'previous-step', days: 10 }, fee: { fixed: '40.00' }, final: true },
];
export const scenarios = [
  { id: 'standard', name: 'Standaard', version: 3, createdAt: ago(9000), definition: { id: 'standard', segments: ['normal', 'low-risk'], steps: scenarioSteps } },
  { id: 'strict', name: 'Streng', version: 1, createdAt: ago(9000), definition: { id: 'strict', segments: ['high-risk'], steps: [{ level: 1, channel: 'email', template: 'first-reminder', trigger: { anchor: 'due-date', days: -3 } }, { level: 2, channel: 'email', template: 'second-reminder', trigger: { anchor: 'due-date', days: 7 } }, { level: 3, channel: 'letter', template: 'formal-notice', trigger: { anchor: 'previous-step', days: 7, endOfMonth: true }, final: true }] } },
];

const decide = (row) => {
  if (row.blocked?.kind === 'promise') return ['wait', 'PROMISED', row.blocked.until];
  if (row.blocked) return ['wait', 'DISPUTED', null];
  if (row.daysOverdue < 7) return ['wait', 'NOT_DUE_YET', day(7 - row.daysOverdue)];
  if (row.level > 0 && row.daysOverdue < 50) return ['wait', 'NEXT_STEP_NOT_DUE', day(6)];
  if (debtors.find((each) => each.id === row.debtor.id).email === null) return ['wait', 'NO_RECIPIENT', null];
  return ['take', 'STEP_DUE', null];
};
export const lines = receivables.map((row) => {
  const [decision, reason, until] = decide(row);
  return {
    receivable: { id: row.id, invoiceNumber: row.invoiceNumber, dueDate: row.dueDate, open: row.open }, debtor: row.debtor, decision, level: decision === 'take' ? Math.min(3, row.level + 1) : row.level, channel: decision === 'take' ? 'email' : null, reason, reasonText: reason,
    facts: { debtor: row.debtor.id, currency: 'EUR', open: row.open.amount, dueDate: row.dueDate, daysOverdue: row.daysOverdue, scenario: 'standard', nextLevel: row.level + 1, anchor: 'due-date', days: 7, triggerDate: day(7 - row.daysOverdue), dayBoundary: 'inclusive' }, until, scenario: { id: 'standard', version: 3 }, held: false, outcome: null, messageId: null,
  };
});
export const planned = () => {
  const groups = groupBy(lines.filter((line) => line.decision === 'take' && !line.held), (line) => `${line.debtor.id}-${line.level}`);
  return [...groups.values()].map((group) => {
    const debtor = debtors.find((each) => each.id === group[0].debtor.id);
    return { debtor: group[0].debtor, channel: 'email', level: group[0].level, currency: 'EUR', recipient: debtor.email, recipientReason: 'e-mailadres van de debiteur', language: debtor.language, languageReason: 'taal in het boekhoudpakket', template: { key: ['', 'first-reminder', 'second-reminder', 'formal-notice'][group[0].level], version: 2 }, receivables: group.map((line) => line.receivable.id), total: sum(group.map((line) => line.receivable)), fees: eur(0) };
  });
};
const count = (rows, key) => Object.fromEntries([...groupBy(rows, (row) => row[key])].map(([name, group]) => [name, group.length]));
export const summary = () => {
  const messages = planned();
  const decisions = count(lines, 'decision');
  const totals = eur(messages.reduce((total, each) => total + cents(each.total), 0));
  return { lines: lines.length, take: decisions.take ?? 0, wait: decisions.wait ?? 0, finish: decisions.finish ?? 0, messages: messages.length, total: [totals], byReason: count(lines, 'reason'), byLevel: count(messages, 'level') };
};
export const runs = [
  { id: 'run-2', administrationId: ADMINISTRATION, asOf: day(0), dryRun: false, state: 'awaiting_approval', stateReason: null, trigger: 'manual', createdAt: ago(6), plannedAt: ago(6), approvedAt: null, approvedBy: null, appliedAt: null, summary: summary(), applied: null, planHash: 'abc' },
  { id: 'run-1', administrationId: ADMINISTRATION, asOf: day(-7), dryRun: false, state: 'applied', stateReason: null, trigger: 'schedule', createdAt: ago(10_000), plannedAt: ago(10_000), approvedAt: ago(9990), approvedBy: 'Sanne de Boer', appliedAt: ago(9985), summary: { ...summary(), messages: 27 }, applied: { messages: 25, skipped: { PAID_SINCE_PLAN: 2 } }, planHash: 'def' },
];

export const html = (name) => `<!doctype html><body style="font-family:system-ui;margin:24px;color:#1b1f1e;max-width:600px"><p style="color:#0f766e;font-weight:600">Bakker Groothandel BV</p><p>Beste ${name},</p><p>Misschien is het u ontgaan: factuur 2026-0412 is op 1 november vervallen en staat bij ons nog open.</p><table style="width:100%;border-collapse:collapse"><tr style="text-align:left"><th>Factuur</th><th>Vervaldatum</th><th style="text-align:right">Open</th></tr><tr><td>2026-0412</td><td>1 november 2026</td><td style="text-align:right">€ 1.234,56</td></tr></table><p>Met vriendelijke groet,<br>Sanne de Boer</p></body>`;
const STATES = ['sent', 'sent', 'sent', 'sent', 'uncertain', 'bounced', 'failed', 'queued'];
export const messages = planned().slice(0, 24).map((plan, index) => ({
  id: `msg-${index + 1}`, administrationId: ADMINISTRATION, debtor: plan.debtor, runId: 'run-1', level: plan.level, channel: 'email', language: plan.language, recipient: plan.recipient, recipientReason: plan.recipientReason, subject: `${plan.receivables.length === 1 ? 'Factuur 2026-0412' : `${plan.receivables.length} facturen`} van Bakker Groothandel BV: vriendelijke herinnering`, state: STATES[index % STATES.length],
  error: STATES[index % STATES.length] === 'failed' ? '550 5.1.1 Mailbox bestaat niet' : null, attempts: 1, total: plan.total, fees: eur(0), createdAt: ago(9990), sentAt: STATES[index % STATES.length] === 'sent' ? ago(9985) : null, providerMessageId: `<${index}@openpost.example>`, template: plan.template, scenario: { id: 'standard', version: 3 },
  lines: plan.receivables.map((id) => receivables.find((row) => row.id === id)).map((row) => ({ receivableId: row.id, invoiceNumber: row.invoiceNumber, invoiceDate: row.invoiceDate, dueDate: row.dueDate, open: row.open })), html: html(plan.debtor.name), text: 'Beste …',
}));
const WRITE = ['applied', 'applied', 'rejected', 'applied', 'unknown', 'pending'];
export const writebacks = messages.map((message, index) => ({
  id: `wrb-${index + 1}`, administrationId: ADMINISTRATION, debtor: message.debtor, messageId: message.id, kind: index % 2 === 0 ? 'note' : 'document', state: WRITE[index % WRITE.length], attempts: WRITE[index % WRITE.length] === 'rejected' ? 3 : 1, lastError: WRITE[index % WRITE.length] === 'rejected' ? 'Verplicht: Type relatie' : null, lastErrorKind: WRITE[index % WRITE.length] === 'rejected' ? 'rejected' : null, remoteId: WRITE[index % WRITE.length] === 'applied' ? `{9f3c-${index}}` : null, summary: 'herinnering aan administratie', createdAt: ago(9980), appliedAt: WRITE[index % WRITE.length] === 'applied' ? ago(9970) : null, nextAttemptAt: null,
  history: [{ at: ago(9975), outcome: 'rejected', detail: 'Verplicht: Type relatie' }, { at: ago(9972), outcome: WRITE[index % WRITE.length], detail: null }],
}));
export const tasks = [{ id: 'tsk-1', kind: 'no-email', title: 'Geen e-mailadres bekend', detail: 'De herinnering kan niet uit. Vul een adres aan of kies een brief.', debtor: { id: 'deb-5', name: debtors[4].name }, state: 'open', createdAt: ago(500) }];
export const connections = [
  { id: 'con-1', connector: 'exact-online', name: 'Exact Online', state: 'active', stateReason: null, stateMessage: null, lastSuccessAt: ago(4), tokenExpiresAt: ago(-6), createdAt: ago(40_000), sourceUser: 'sanne@bakker.example', administrations: 1, quota: [{ administrationId: ADMINISTRATION, scope: 'minute', remaining: 52, limit: 60, resetsAt: ago(-0.5) }, { administrationId: ADMINISTRATION, scope: 'day', remaining: 4_611, limit: 5_000, resetsAt: ago(-600) }] },
  { id: 'con-2', connector: 'exact-online', name: 'Exact Online (Vos Advies)', state: 'needs_reconnect', stateReason: 'auth_revoked', stateMessage: 'Exact Online nam de sleutel niet meer aan: de gebruiker trok de toestemming in.', lastSuccessAt: ago(2_900), tokenExpiresAt: null, createdAt: ago(90_000), sourceUser: 'tom@vos.example', administrations: 0, quota: [] },
];
export const connectors = [{
  id: 'exact-online', name: 'Exact Online', country: ['NL', 'BE'], maturity: 'stable', description: 'Debiteuren en openstaande posten per administratie, met notities en documenten terug.', auth: { kind: 'oauth2' }, settings: [],
  objects: [
    { object: 'accounts', label: 'Debiteuren', readMode: 'delta', pageSize: 1000, deleteSignal: 'aparte lijst, twee maanden bewaard', completeness: 'Alle relaties met debiteurstatus', writeOperations: [] },
    { object: 'payment-terms', label: 'Openstaande posten', readMode: 'delta', pageSize: 1000, deleteSignal: 'aparte lijst, twee maanden bewaard', completeness: 'Elke termijn met vervaldatum en openstaand bedrag', writeOperations: [] },
    { object: 'note', label: 'Notities', readMode: null, pageSize: null, deleteSignal: null, completeness: 'Alleen wat Openpost zelf schrijft', writeOperations: [{ operation: 'create', label: 'Notitie toevoegen', idempotency: 'probe' }] },
    { object: 'document', label: 'Documenten', readMode: null, pageSize: null, deleteSignal: null, completeness: 'PDF van het bericht bij de debiteur', writeOperations: [{ operation: 'create', label: 'Document toevoegen', idempotency: 'probe' }] },
    { object: 'payments', label: 'Betalingen', readMode: null, pageSize: null, deleteSignal: null, completeness: 'Niet nodig: het openstaande bedrag komt uit de posten', writeOperations: [] },
  ],
  limits: [{ label: 'verzoeken', count: 60, perSeconds: 60, scope: 'administration' }, { label: 'verzoeken', count: 5000, perSeconds: 86_400, scope: 'administration' }],
}];
export const timeline = [
  { at: ago(6), kind: 'decision', title: 'Run beoordeelde 3 posten', detail: '1 stap aan de beurt', link: '/runs/run-2' },
  { at: ago(9985), kind: 'message', title: 'Herinnering verzonden', detail: 'aan administratie@bakker.example', link: '/messages/msg-1' },
  { at: ago(9970), kind: 'writeback', title: 'Notitie geschreven in Exact Online', detail: null, link: null },
  { at: ago(20_000), kind: 'payment', title: 'Factuur 20260391 voldaan', detail: '€ 2.310,00', link: null },
];
