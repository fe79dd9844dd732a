/** The shapes of /api/v1 as the UI reads them. Money is a decimal string, dates are YYYY-MM-DD, instants are ISO with Z. */

export interface Money {
  amount: string;
  currency: string;
}

export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

export interface Session {
  user: { id: string; name: string; email: string; role: string };
  firm: { id: string; name: string };
}

export interface DemoLogin {
  email: string;
  password: string;
}

export interface ApiKey {
  id: string;
  name: string;
  role: string;
  createdAt?: string;
  lastUsedAt?: string | null;
}

export interface NewApiKey extends ApiKey {
  key: string;
}

export type AgeingBucket = 'not-due' | '1-30' | '31-60' | '61-90' | '90+';

export interface Overview {
  open: Money;
  overdue: Money;
  openCount: number;
  overdueCount: number;
  debtorCount: number;
  ageing: { bucket: AgeingBucket; amount: Money; count: number }[];
  lateShare: number | null;
  administrations: AdministrationSummary[];
  waiting: Waiting;
}

export interface Waiting {
  runsAwaitingApproval: number;
  uncertainMessages: number;
  failedMessages: number;
  rejectedWritebacks: number;
  unknownWritebacks: number;
  openTasks: number;
  connectionsToReconnect: number;
}

export type ReadMode = 'snapshot' | 'delta';

export interface Connector {
  id: string;
  name: string;
  country: string[];
  maturity: string;
  description: string;
  auth: { kind: string };
  settings: { key: string; label: string; required: boolean; secret: boolean }[];
  objects: ConnectorObject[];
  limits: { label: string; count: number; perSeconds: number; scope: string }[];
  /** Whether this installation has the package's app credentials; absent means that the settings below ask for them. */
  configured?: boolean;
}

export interface ConnectorObject {
  object: string;
  label: string;
  readMode: string | null;
  pageSize: number | null;
  deleteSignal: string | null;
  completeness: string;
  writeOperations: { operation: string; label: string; idempotency: string }[];
}

export type ConnectionState = 'active' | 'needs_reconnect' | 'revoked' | 'error';

export interface Connection {
  id: string;
  connector: string;
  name: string;
  state: ConnectionState;
  stateReason: string | null;
  stateMessage: string | null;
  lastSuccessAt: string | null;
  tokenExpiresAt: string | null;
  createdAt: string;
  sourceUser: string | null;
  administrations: number;
  quota: Quota[];
}

export interface Quota {
  administrationId: string;
  scope: string;
  remaining: number;
  limit: number;
  resetsAt: string | null;
}

export interface SourceAdministration {
  sourceId: string;
  name: string;
  country: string | null;
  currency: string | null;
  enabled: boolean;
  administrationId: string | null;
  rights?: { object: string; allowed: boolean; message: string | null }[];
}

export interface HouseStyle {
  senderName: string;
  senderEmail: string | null;
  replyTo: string | null;
  iban: string | null;
  bic: string | null;
  accentColor: string;
  signature: string;
  addressLines: string[];
  phone: string | null;
}

export interface AdministrationSummary {
  id: string;
  connectionId: string;
  connector: string;
  sourceId: string;
  name: string;
  currency: string;
  country: string;
  enabled: boolean;
  lastSync: SyncSummary | null;
  lastGoodPullAt: string | null;
  tieOut: TieOut;
  openAmount: Money;
  overdueAmount: Money;
  debtorCount: number;
  receivableCount: number;
  quarantined: number;
  firstLoadedAt: string | null;
}

export interface TieOut {
  state: 'ties-out' | 'differs' | 'unchecked';
  difference: Money | null;
  checkedAt: string | null;
}

export interface Administration extends AdministrationSummary {
  language: string;
  timeZone: string;
  houseStyle: HouseStyle;
  writebackChoices: { note: boolean; document: boolean };
  dunning: { automatic: boolean; maxStalenessMinutes: number | null };
}

export interface AdministrationChange {
  language?: string;
  houseStyle?: HouseStyle;
  writebackChoices?: { note: boolean; document: boolean };
  dunning?: { automatic: boolean; maxStalenessMinutes: number | null };
}

export interface Schedule {
  cron: string;
  timeZone: string;
  enabled: boolean;
  nextAt: string | null;
  nextRuns: string[];
}

export type SyncState = 'queued' | 'running' | 'complete' | 'complete_with_quarantine' | 'partial' | 'failed';
export type SyncTrigger = 'manual' | 'schedule' | 'first' | 'before-apply';

export interface SyncSummary {
  id: string;
  administrationId: string;
  kind: 'full' | 'delta';
  trigger: SyncTrigger;
  state: SyncState;
  startedAt: string | null;
  finishedAt: string | null;
  createdAt: string;
  progress: SyncProgress;
  error: { kind: string; message: string } | null;
}

export interface SyncProgress {
  done: number;
  total: number | null;
  ratePerSecond: number | null;
  secondsLeft: number | null;
}

export interface Sync extends SyncSummary {
  objects: SyncObject[];
  calls: number;
}

export interface SyncObject {
  object: string;
  state: string;
  pages: number;
  calls: number;
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  deleted: number;
  rejected: number;
  total: number | null;
}

export interface QuarantineItem {
  id: string;
  object: string;
  sourceId: string;
  reason: string;
  message: string;
  raw: unknown;
  firstSeenAt: string;
  lastSeenAt: string;
}

export type Facts = Record<string, unknown>;

export interface DebtorSegment {
  id: string;
  name: string;
  reason: string;
  reasonCode: string;
  facts: Facts | null;
  override: boolean;
}

export interface Debtor {
  id: string;
  administrationId: string;
  sourceId: string;
  code: string;
  name: string;
  contactName: string | null;
  email: string | null;
  phone: string | null;
  language: string | null;
  country: string | null;
  kind: 'business' | 'consumer';
  address: { line: string | null; postcode: string | null; city: string | null; country: string | null } | null;
  vatNumber: string | null;
  chamberOfCommerce: string | null;
  blockedInLedger: boolean;
  accountManager: string | null;
  dunningContact: { name: string; email: string } | null;
  open: Money;
  overdue: Money;
  oldestOverdueDays: number | null;
  level: number;
  segment: DebtorSegment | null;
  profile: Facts | null;
  overrides: { segment: string | null; kind: string | null; language: string | null } | null;
}

export interface DebtorChange {
  segment?: string | null;
  dunningContact?: { name: string; email: string } | null;
  kind?: 'business' | 'consumer';
  language?: string | null;
  accountManager?: string | null;
}

export interface TimelineItem {
  at: string;
  kind: string;
  title: string;
  detail: string | null;
  link?: string | null;
  source?: string;
  facts?: Facts;
}

export type ReceivableStatus = 'open' | 'part-paid' | 'settled' | 'deleted';
export type BlockKind = 'dispute' | 'promise' | 'hold' | 'pause' | 'plan' | 'insolvency';

export interface Receivable {
  id: string;
  administrationId: string;
  debtor: { id: string; name: string };
  sourceId: string;
  invoiceNumber: string;
  yourRef: string | null;
  kind: 'invoice' | 'credit-note' | 'payment';
  invoiceDate: string;
  dueDate: string;
  daysOverdue: number;
  amount: Money;
  open: Money;
  status: ReceivableStatus;
  settledOn: string | null;
  level: number;
  lastStepOn: string | null;
  blocked: Block | null;
  description: string | null;
}

export interface Block {
  id: string;
  kind: BlockKind;
  reason: string;
  until: string | null;
  amount: Money | null;
  receivableId: string | null;
  debtorId: string;
  owner: string | null;
  createdAt: string;
  endedAt: string | null;
  endReason: string | null;
}

export interface NewBlock {
  kind: BlockKind;
  reason: string;
  until?: string;
  amount?: string;
}

export interface SegmentRules {
  version: number;
  rules: Facts[];
  counts: Record<string, number>;
}

export interface ScenarioStep {
  level: number;
  channel: string;
  trigger: { anchor: string; days: number; endOfMonth?: boolean };
  template?: string;
  approval?: unknown;
  fee?: Facts;
  final?: boolean;
  [key: string]: unknown;
}

export interface Scenario {
  id: string;
  name: string;
  version: number;
  definition: { id: string; name?: string; segments?: string[]; steps: ScenarioStep[]; [key: string]: unknown };
  createdAt: string;
}

export interface Template {
  key: string;
  language: string;
  version: number;
  subject: string;
  body: string;
}

export interface WorklistItem {
  debtor: { id: string; name: string };
  open: Money;
  overdue: Money;
  oldestOverdueDays: number;
  level: number;
  segment: { id: string; name: string } | null;
  why: string;
  nextAction: string;
  nextActionCode?: string;
  nextOn?: string | null;
}

export type RunState =
  'planning' | 'planned' | 'awaiting_approval' | 'approved' | 'applying' | 'applied' | 'held' | 'failed';
export type Decision = 'take' | 'wait' | 'finish';

export interface Run {
  id: string;
  administrationId: string;
  asOf: string;
  dryRun: boolean;
  state: RunState;
  stateReason: string | null;
  trigger: string;
  createdAt: string;
  plannedAt: string | null;
  approvedAt: string | null;
  approvedBy: string | null;
  appliedAt: string | null;
  summary: RunSummary | null;
  applied: { messages: number; skipped: Record<string, number> } | null;
  planHash: string | null;
}

export interface RunSummary {
  lines: number;
  take: number;
  wait: number;
  finish: number;
  messages: number;
  total: Money[];
  byReason: Record<string, number>;
  byLevel: Record<string, number>;
}

export interface RunLine {
  receivable: { id: string; invoiceNumber: string; dueDate: string; open: Money };
  debtor: { id: string; name: string };
  decision: Decision;
  level: number | null;
  channel: string | null;
  reason: string;
  reasonText: string;
  facts: Facts | null;
  until: string | null;
  scenario: { id: string; version: number } | null;
  held: boolean;
  outcome: string | null;
  messageId: string | null;
}

export interface PlannedMessage {
  debtor: { id: string; name: string };
  channel: string;
  level: number;
  currency: string;
  recipient: string | null;
  recipientReason: string;
  language: string;
  languageReason: string;
  template: { key: string; version: number };
  receivables: string[];
  total: Money;
  fees: Money | null;
}

export interface RenderedMail {
  subject: string;
  html: string | null;
  text: string | null;
}

export type MessageState = 'queued' | 'sending' | 'sent' | 'bounced' | 'failed' | 'uncertain' | 'cancelled';

export interface Message {
  id: string;
  administrationId: string;
  debtor: { id: string; name: string };
  runId: string | null;
  level: number;
  channel: string;
  language: string;
  recipient: string | null;
  recipientReason: string;
  subject: string;
  state: MessageState;
  error: string | null;
  attempts: number;
  total: Money;
  fees: Money | null;
  createdAt: string;
  sentAt: string | null;
  providerMessageId: string | null;
  template: { key: string; version: number };
  scenario: { id: string; version: number } | null;
  lines: { receivableId: string; invoiceNumber: string; invoiceDate: string; dueDate: string; open: Money }[];
  html?: string | null;
  text?: string | null;
}

export type WritebackState = 'pending' | 'sending' | 'applied' | 'rejected' | 'unknown' | 'abandoned';

export interface Writeback {
  id: string;
  administrationId: string;
  debtor: { id: string; name: string };
  messageId: string | null;
  kind: 'note' | 'document';
  state: WritebackState;
  attempts: number;
  lastError: string | null;
  lastErrorKind: string | null;
  remoteId: string | null;
  summary: string;
  createdAt: string;
  appliedAt: string | null;
  nextAttemptAt: string | null;
  history: { at: string; outcome: string; detail: string | null }[];
}

export interface Task {
  id: string;
  kind: string;
  title: string;
  detail: string | null;
  debtor: { id: string; name: string } | null;
  state: string;
  createdAt: string;
}

export interface AuditEntry {
  id?: string;
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: unknown;
}
