import type { Money } from './common';
import type { SyncSummary } from './syncing';

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

export type WritebackChoice =
  'note' | 'document' | 'task' | 'dunningStatus' | 'badge' | 'standing' | 'ownReminders' | 'reminderEmail';

export type WritebackChoices = Record<WritebackChoice, boolean>;

export interface Administration extends AdministrationSummary {
  language: string;
  timeZone: string;
  houseStyle: HouseStyle;
  writebackChoices: WritebackChoices;
  dunning: { automatic: boolean; maxStalenessMinutes: number | null };
}

export interface AdministrationChange {
  language?: string;
  houseStyle?: HouseStyle;
  writebackChoices?: Partial<WritebackChoices>;
  dunning?: { automatic: boolean; maxStalenessMinutes: number | null };
}

export interface Schedule {
  cron: string;
  timeZone: string;
  enabled: boolean;
  nextAt: string | null;
  nextRuns: string[];
  forecast: Forecast | null;
}

export interface BudgetLeft {
  limit: number;
  reserve: number;
  used: number;
  remaining: number;
  resetsAt: string;
}

export interface Forecast {
  callsPerRun: number;
  basis: 'history' | 'estimate';
  runsLeftToday: number;
  callsLeftToday: number;
  runsPerDay: number;
  callsPerDay: number;
  day: BudgetLeft | null;
  minute: BudgetLeft | null;
  warning: 'day' | 'today' | 'overlap' | null;
}
