import { FALLBACK_SCENARIO, type ScenarioDefinition } from './scenario-definition.js';

const email = 'email' as const;
const call = { channel: 'task', template: 'call', final: true } as const;

/**
 * What an administration starts with. Days are calendar days. A formal notice always waits for a person; the last step
 * is a telephone call by a person, so nothing threatens by itself.
 */
export const DEFAULT_SCENARIOS: readonly ScenarioDefinition[] = [
  {
    id: FALLBACK_SCENARIO,
    name: 'Standard',
    segments: ['normal', 'low-risk', 'high-risk'],
    steps: [
      { level: 1, name: 'First reminder', channel: email, template: 'first-reminder', approval: 'automatic', trigger: { anchor: 'due-date', days: 7 } },
      { level: 2, name: 'Second reminder', channel: email, template: 'second-reminder', approval: 'automatic', trigger: { anchor: 'previous-step', days: 14 } },
      { level: 3, name: 'Formal notice', channel: email, template: 'formal-notice', approval: 'required', trigger: { anchor: 'previous-step', days: 14 } },
      { level: 4, name: 'Call', ...call, approval: 'automatic', trigger: { anchor: 'previous-step', days: 14 } },
    ],
  },
  {
    id: 'careful',
    name: 'Careful',
    segments: ['special'],
    steps: [
      { level: 1, name: 'First reminder', channel: email, template: 'first-reminder', approval: 'required', trigger: { anchor: 'due-date', days: 14 } },
      { level: 2, name: 'Second reminder', channel: email, template: 'second-reminder', approval: 'required', trigger: { anchor: 'previous-step', days: 14 } },
      { level: 3, name: 'Call', ...call, approval: 'required', trigger: { anchor: 'previous-step', days: 7 } },
    ],
  },
  {
    id: 'new',
    name: 'New debtors',
    segments: ['new'],
    steps: [
      { level: 1, name: 'First reminder', channel: email, template: 'first-reminder', approval: 'automatic', trigger: { anchor: 'due-date', days: 5 } },
      { level: 2, name: 'Second reminder', channel: email, template: 'second-reminder', approval: 'automatic', trigger: { anchor: 'previous-step', days: 10 } },
      { level: 3, name: 'Formal notice', channel: email, template: 'formal-notice', approval: 'required', trigger: { anchor: 'previous-step', days: 14 } },
      { level: 4, name: 'Call', ...call, approval: 'automatic', trigger: { anchor: 'previous-step', days: 14 } },
    ],
  },
  {
    // Off until an admin gives it a segment: a message before the due date is a choice, not a default.
    id: 'with-notice',
    name: 'Notice before the due date',
    segments: [],
    steps: [
      { level: 1, name: 'Notice', channel: email, template: 'notice', approval: 'automatic', onlyBeforeDue: true, trigger: { anchor: 'due-date', days: -3 } },
      { level: 2, name: 'First reminder', channel: email, template: 'first-reminder', approval: 'automatic', trigger: { anchor: 'due-date', days: 7 } },
      { level: 3, name: 'Second reminder', channel: email, template: 'second-reminder', approval: 'automatic', trigger: { anchor: 'previous-step', days: 14 } },
      { level: 4, name: 'Formal notice', channel: email, template: 'formal-notice', approval: 'required', trigger: { anchor: 'previous-step', days: 14 } },
      { level: 5, name: 'Call', ...call, approval: 'automatic', trigger: { anchor: 'previous-step', days: 14 } },
    ],
  },
]; // prettier-ignore
