import type { Money } from './common';

export type TableKind = 'debtors' | 'open-items' | 'payments';
export type FileKind = TableKind | 'invoice';
export type ImportState = 'waiting' | 'held' | 'imported' | 'refused' | 'discarded';

export interface ColumnMapping {
  columns: Record<string, string>;
  numbers: 'comma' | 'point';
  dates: 'dmy' | 'mdy';
}

export interface ImportCounts {
  rows: number;
  understood: number;
  refused: number;
  settled?: number;
  applied?: number;
  known?: number;
  open?: number;
  dropped?: number;
}

export interface ImportFile {
  id: string;
  administrationId: string;
  kind: FileKind;
  name: string;
  size: number;
  state: ImportState;
  problem: string | null;
  counts: ImportCounts | null;
  syncId: string | null;
  origin: 'upload' | 'folder';
  createdBy: string;
  createdAt: string;
  importedBy: string | null;
  importedAt: string | null;
}

export interface RowPreview {
  line: number;
  understood: Record<string, string | Money | null> | null;
  message: string | null;
}

export interface TablePreview {
  kind: TableKind;
  fields: { key: string; label: string; required: boolean }[];
  headers: { header: string; samples: string[] }[];
  mapping: ColumnMapping;
  remembered: boolean;
  missing: string[];
  preview: {
    rows: number;
    understood: number;
    refused: number;
    totals: Money[];
    first: RowPreview[];
    problems: { line: number; message: string }[];
  };
}

export interface InvoicePreview {
  kind: 'invoice';
  invoice: Record<string, string>;
}

export type FilePreview = TablePreview | InvoicePreview;

/** What is asked of a waiting file; without a mapping the server proposes one. */
export interface FileQuestion {
  kind?: TableKind;
  mapping?: ColumnMapping;
}
