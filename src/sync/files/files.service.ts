import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  checkMapping,
  FIELDS,
  formatOf,
  guessKind,
  proposeMapping,
  readRows,
  readTable,
  readUbl,
  textOf,
  type FileKind,
  type Mapping,
  type Table,
  type TableKind,
} from '../../connectors/files/index.js';
import { conflict, toListPage, type ListPage, type PageQuery } from '../../http/index.js';
import { CLOCK, todayIn, type Clock } from '../../kernel/index.js';
import { UnitOfWork } from '../../persistence/index.js';
import { FileAdministrations } from './file-administrations.repository.js';
import { FileImporter, type ImportOutcome } from './file-importer.service.js';
import { ImportFiles, type ImportFileRow } from './import-file.repository.js';
import { previewOf } from './preview.js';

export interface Brought {
  readonly firmId: string;
  readonly administrationId: string;
  readonly actor: string;
  readonly origin: 'upload' | 'folder';
  readonly name: string;
  readonly bytes: Buffer;
  /** What the bringer says it is; absent: guessed. */
  readonly kind?: FileKind | undefined;
}

interface Asked {
  readonly kind?: TableKind | undefined;
  readonly mapping?: Mapping | undefined;
}

/** Files as people handle them: brought, looked at, imported or put away. */
@Injectable()
export class FilesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administrations: FileAdministrations,
    private readonly files: ImportFiles,
    private readonly importer: FileImporter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Keeps a file that can be read; one that cannot is refused with what is wrong, and nothing is kept. */
  async bring(brought: Brought): Promise<string> {
    const { firmId, administrationId, bytes } = brought;
    const kind = await kindOf(brought);
    const sha256 = createHash('sha256').update(bytes).digest();
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      await this.administrations.get(transaction, administrationId);
      if (kind === 'payments' && (await this.files.wasImported(transaction, administrationId, sha256)))
        throw conflict('FILE_ALREADY_IMPORTED', 'these very payments were imported before; they would count twice');
      return this.files.create(transaction, { ...brought, kind, sha256, at: this.clock.now() });
    });
  }

  async list(
    firmId: string,
    administrationId: string,
    page: PageQuery & { record: string | null },
  ): Promise<ListPage<object>> {
    const rows = await this.unitOfWork.inFirm(firmId, async (transaction) => {
      await this.administrations.mustExist(transaction, administrationId);
      return this.files.list(transaction, administrationId, page);
    });
    return toListPage(rows, page, { key: (row) => [row.id], item: toView });
  }

  async get(firmId: string, id: string): Promise<object> {
    return toView(await this.unitOfWork.inFirm(firmId, (transaction) => this.files.get(transaction, id)));
  }

  async contentOf(firmId: string, id: string): Promise<{ name: string; bytes: Buffer }> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const { name } = await this.files.get(transaction, id);
      return { name, bytes: await this.files.contentOf(transaction, id) };
    });
  }

  /** The file as it will be understood: by the given columns, else by those of last time, else by what its headers suggest. */
  async preview(firmId: string, id: string, asked: Asked): Promise<object> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const file = await this.files.get(transaction, id);
      const administration = await this.administrations.get(transaction, file.administrationId);
      const bytes = await this.files.contentOf(transaction, id);
      const on = todayIn(this.clock, administration.timeZone);
      const kind = asked.kind ?? file.kind;
      if (kind === 'invoice') return { kind, invoice: readUbl(bytes, { file: file.name, on }).values };
      const table = await readTable(bytes);
      const known = await this.files.findMapping(transaction, administration.id, kind);
      const { mapping, remembered } = choose(kind, table, { given: asked.mapping ?? file.mapping ?? undefined, known });
      const missing = missingOf(kind, mapping, table);
      const content = readRows(table, { kind, mapping, file: file.name, on });
      const fields = FIELDS[kind].map(({ key, label, required }) => ({ key, label, required }));
      const preview = previewOf(kind, content, administration);
      const samples = table.headers.map((header, place) => ({ header, samples: samplesOf(table, place) }));
      return { kind, fields, headers: samples, mapping, remembered, missing, preview };
    });
  }

  /** Takes a waiting file in, with the columns given, or those of last time for the same headers. */
  async import(
    ref: { firmId: string; id: string; actor: string },
    asked: Asked & { confirmed?: boolean | undefined },
  ): Promise<ImportOutcome> {
    const { firmId, id, actor } = ref;
    const { file, mapping } = await this.unitOfWork.inFirm(firmId, async (transaction) => {
      const found = await this.files.get(transaction, id);
      const known = asked.mapping ?? found.mapping;
      const kind = asked.kind ?? found.kind;
      if (known !== null || kind === 'invoice') return { file: found, mapping: known };
      return { file: found, mapping: await this.rememberedFor(transaction, found, kind) };
    });
    const kind = asked.kind ?? file.kind;
    if (kind !== 'invoice' && mapping === null)
      throw conflict('COLUMNS_NOT_CHOSEN', 'the columns of this file are new; choose what they mean');
    return this.importer.import({ firmId, fileId: id, actor, kind, mapping, confirmed: asked.confirmed ?? false });
  }

  /** Puts a file away that will not be imported; it stays to be looked at. */
  async discard(ref: { firmId: string; id: string; actor: string }, problem: string | null = null): Promise<void> {
    const { firmId, id, actor } = ref;
    await this.unitOfWork.inFirm(firmId, async (transaction) => {
      const { kind } = await this.files.get(transaction, id);
      const end = { state: problem === null ? ('discarded' as const) : ('refused' as const), kind, problem, actor, at: this.clock.now() }; // prettier-ignore
      if ((await this.files.settle(transaction, id, end)) === 0)
        throw conflict('FILE_NOT_WAITING', 'this file was imported or put away already');
    });
  }

  private async rememberedFor(
    transaction: Parameters<ImportFiles['get']>[0],
    file: ImportFileRow,
    kind: TableKind,
  ): Promise<Mapping | null> {
    const known = await this.files.findMapping(transaction, file.administrationId, kind);
    const { headers } = await readTable(await this.files.contentOf(transaction, file.id));
    return known !== null && isSame(known.headers, headers) ? known.mapping : null;
  }
}

async function kindOf({ bytes, name, kind }: Brought): Promise<FileKind> {
  if (formatOf(bytes) === 'xml') {
    readUbl(bytes, { file: name, on: '1970-01-01' as never });
    return 'invoice';
  }
  const table = await readTable(bytes);
  return kind === undefined || kind === 'invoice' ? guessKind(name, table) : kind;
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}

function choose(
  kind: TableKind,
  table: Table,
  { given, known }: { given: Mapping | undefined; known: { headers: string[]; mapping: Mapping } | null },
): { mapping: Mapping; remembered: boolean } {
  if (given !== undefined) return { mapping: given, remembered: false };
  const fits = known !== null && Object.values(known.mapping.columns).every((header) => table.headers.includes(header));
  if (fits) return { mapping: known.mapping, remembered: isSame(known.headers, table.headers) };
  return { mapping: proposeMapping(kind, table), remembered: false };
}

/** Needed fields without a column; any other fault of a mapping is thrown. */
function missingOf(kind: TableKind, mapping: Mapping, table: Table): string[] {
  const { columns } = mapping;
  const missing = FIELDS[kind]
    .filter(({ key, required }) => required && columns[key] === undefined)
    .map(({ key }) => key);
  const nobody = kind === 'open-items' && columns['debtorCode'] === undefined && columns['debtorName'] === undefined;
  if (nobody) missing.push('debtorCode');
  if (missing.length === 0) checkMapping(kind, mapping, table.headers);
  return missing;
}

const SAMPLES = 3;

function samplesOf({ rows }: Table, place: number): string[] {
  return rows.map(({ cells }) => textOf(cells[place])).filter((cell) => cell !== null).slice(0, SAMPLES); // prettier-ignore
}

function toView(row: ImportFileRow): object {
  return { ...row, createdAt: row.createdAt.toISOString(), importedAt: row.importedAt?.toISOString() ?? null };
}
