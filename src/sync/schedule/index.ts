export { DueWorkRepository, type DueJob } from './due-work.repository.js';
export { HintTicker } from './hint-ticker.service.js';
export { QuotaOutlook } from './quota-outlook.repository.js';
export { ScheduleController } from './schedule.controller.js';
export { ScheduleService } from './schedule.service.js';
export { SCHEDULES_EVERY_MS, Ticker } from './ticker.service.js';
