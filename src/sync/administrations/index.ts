export { AdministrationRepository } from './administration.repository.js';
export { AdministrationsController } from './administrations.controller.js';
export { AdministrationsService } from './administrations.service.js';
