export { HintDue } from './hint-due.service.js';
export { HintIntake } from './hint-intake.service.js';
export { HintProcessor } from './hint.processor.js';
export { HintPull } from './hint-pull.service.js';
export { HintRepository, type HintRef } from './hint.repository.js';
export { HintSubscriptions } from './hint-subscriptions.service.js';
export { HintsController, WebhooksController } from './hints.controller.js';
export { HintsService } from './hints.service.js';
export { SubscriptionRepository } from './subscription.repository.js';
