export { FileAdministrations } from './file-administrations.repository.js';
export { FileBooks } from './file-book.repository.js';
export { FileImporter } from './file-importer.service.js';
export { AdministrationFilesController, FilesController } from './files.controller.js';
export { FilesService } from './files.service.js';
export { FolderWatch } from './folder-watch.service.js';
export { ImportFiles } from './import-file.repository.js';
export { Inbox } from './inbox.service.js';
