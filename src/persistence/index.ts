export { closeTasks, openTask, recordDeed, type Deed, type NewTask } from './deeds.js';
export { appDataSource, ownerDataSource } from './data-source.js';
export { removeEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.client.js';
export { migrate } from './migrate.js';
export { PersistenceModule } from './persistence.module.js';
export { countOf, isUniqueViolation, rowOf, rowsOf } from './rows.js';
export { SecretBox, type SealedSecret } from './secret-box.js';
export { UnitOfWork, type Transaction } from './unit-of-work.service.js';
