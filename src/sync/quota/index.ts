export { callBudgets, holdersOf, reserveOf } from './budget-line.js';
export { CallSlots } from './call-slots.repository.js';
export { QuotaGate, type CallPurpose, type Caller, type Pass } from './quota-gate.service.js';
export { QuotaLedger } from './quota-ledger.service.js';
export { endOfWindow } from './quota-window.js';
export { QuotaRepository } from './quota.repository.js';
