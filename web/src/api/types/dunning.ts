import type { Facts, Money } from './common';

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
