/** The PDF of a message, for the document that goes into the ledger. Provided by whoever composes messages. */
export interface DocumentFiles {
  fileFor(firmId: string, messageId: string): Promise<{ readonly fileName: string; readonly file: Buffer }>;
}

/** Injection token of {@link DocumentFiles}. */
export const DOCUMENT_FILES = Symbol('DocumentFiles');
