export { TieOutClock } from './tie-out-clock.service.js';
export { TieOutController } from './tie-out.controller.js';
export { TieOutRepository } from './tie-out.repository.js';
export { TieOutService } from './tie-out.service.js';
export { TieOutTasks } from './tie-out-tasks.repository.js';
export { TieOutViews } from './tie-out-views.service.js';
