export { SegmentationModule } from './segmentation.module.js';
export { SegmentationService, type Recomputed, type Segments } from './segmentation.service.js';
