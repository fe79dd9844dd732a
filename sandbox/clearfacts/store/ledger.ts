import type { Book } from '../../books/index.js';
import type { Journal } from '../../http/index.js';
import { companyNumberOf } from '../company-number.js';
import type { TokenRecord, TokenStore } from '../oauth/index.js';
import { AdministrationStore } from './administration-store.js';
import { playCommand, type ClearFactsCommand } from './commands.js';
import type { AppInfoRecord, DocumentRecord, DunningRecord, NoteRecord } from './records.js';

/** Everything the stand-in keeps. With a state file it outlives the process: every change is a line before its answer. */
export class Ledger {
  readonly administrations = new Map<string, AdministrationStore>();
  readonly documents = new Map<string, DocumentRecord>();

  constructor(
    private readonly journal: Journal,
    private readonly tokens: TokenStore,
  ) {}

  /** Replays an earlier life and adds the books that it did not know. */
  open(books: readonly Book[]): void {
    const lines = this.journal.read() as unknown[][];
    for (const line of lines) this.replay(line);
    this.journal.rewrite(lines);
    for (const book of books) {
      const companyNumber = companyNumberOf(book);
      if (this.administrations.has(companyNumber)) continue;
      this.journal.append([['book', companyNumber, book]]);
      this.administrations.set(companyNumber, new AdministrationStore(companyNumber, book, this.journal));
    }
  }

  putDocument(document: DocumentRecord): void {
    this.documents.set(document.uuid, document);
    this.journal.append([['document', document]]);
  }

  /** Plays a command on an administration, the first when none is named. Throws what is wrong with it. */
  command(command: ClearFactsCommand, now: number, companyNumber?: string): unknown {
    const [first] = this.administrations.values();
    const store = companyNumber === undefined ? first : this.administrations.get(companyNumber);
    if (store === undefined) throw new Error(`no administration ${companyNumber ?? ''}`);
    const result = playCommand({ store, documents: this.documents, now }, command);
    this.journal.append([['command', store.companyNumber, command, now]]);
    return result;
  }

  private replay([kind, ...rest]: unknown[]): void {
    if (kind === 'token') return this.tokens.restore(rest[0] as TokenRecord);
    if (kind === 'document')
      return void this.documents.set((rest[0] as DocumentRecord).uuid, rest[0] as DocumentRecord);
    const [companyNumber, value, now] = rest as [string, unknown, number];
    if (kind === 'book') {
      this.administrations.set(companyNumber, new AdministrationStore(companyNumber, value as Book, this.journal));
      return;
    }
    const store = this.administrations.get(companyNumber);
    if (store === undefined) return;
    if (kind === 'command') playCommand({ store, documents: this.documents, now }, value as ClearFactsCommand);
    if (kind === 'note') store.notes.set((value as NoteRecord).externalKey, value as NoteRecord);
    if (kind === 'dunning') store.dunning.set((value as DunningRecord).invoiceId, value as DunningRecord);
    if (kind === 'app-info') store.appInfo = value as AppInfoRecord;
  }
}
