import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { LIMITS } from '../../connectors/files/index.js';
import { CLOCK, InputError, isUuid, type Clock } from '../../kernel/index.js';
import { rowOf, UnitOfWork } from '../../persistence/index.js';
import { Problem } from '../../http/index.js';
import { Settings } from '../../settings/index.js';
import { FilesService } from './files.service.js';

const EVERY_MS = 10_000;
/** A file that was written to a moment ago may not be whole yet. */
const QUIET_MS = 5_000;
/** A process that died while it held a file leaves it under this name. */
const HELD = /^\.held-[0-9a-f-]{36}-(.+)$/;
const HELD_TOO_LONG_MS = 10 * 60_000;
const ACTOR = 'import folder';

/**
 * Watches `OPENPOST_IMPORT_DIR/<administration id>/`: what is put there is imported and moved to `done/`, or to `failed/`
 * with a text beside it that says why. Several processes may watch one folder: a file belongs to who renames it first.
 */
@Injectable()
export class FolderWatch {
  private readonly logger = new Logger('files');
  private busy = false;

  constructor(
    private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    private readonly files: FilesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Never throws: what could not be done is tried at the next tick. */
  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    const folder = this.settings.importDir ?? null;
    if (folder === null || this.busy) return;
    this.busy = true;
    try {
      await this.look(folder);
    } catch (error) {
      this.logger.warn(`import folder: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.busy = false;
    }
  }

  private async look(folder: string): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || !isUuid(entry.name)) continue;
      const firmId = await this.firmOf(entry.name);
      if (firmId === null) continue;
      const place = { firmId, administrationId: entry.name.toLowerCase(), folder: join(folder, entry.name) };
      for (const name of (await readdir(place.folder)).toSorted()) await this.take(place, name);
    }
  }

  /** Whose administration it is; the folder's name is the only thing that says so. */
  private async firmOf(administrationId: string): Promise<string | null> {
    const row = await this.unitOfWork.acrossFirms((transaction) =>
      rowOf<{ firmId: string }>(
        transaction,
        `select firm_id as "firmId" from administration where id = $1 and enabled`,
        [administrationId],
      ),
    );
    return row?.firmId ?? null;
  }

  private async take(place: { firmId: string; administrationId: string; folder: string }, name: string): Promise<void> {
    const from = join(place.folder, name);
    // Never through a link: a folder that others may write to must not lead us elsewhere.
    const facts = await lstat(from).catch(() => null);
    if (facts === null || !facts.isFile()) return;
    const age = this.clock.now().getTime() - facts.mtimeMs;
    const original = HELD.exec(name)?.[1];
    if (original !== undefined) {
      if (this.clock.now().getTime() - facts.ctimeMs > HELD_TOO_LONG_MS)
        await rename(from, join(place.folder, original));
      return;
    }
    if (name.startsWith('.') || age < QUIET_MS) return;
    const held = join(place.folder, `.held-${randomUUID()}-${name}`);
    const isOurs = await rename(from, held).then(
      () => true,
      () => false,
    );
    if (!isOurs) return;
    const reason = await this.import(place, { name, path: held, size: facts.size });
    await this.putAway(place.folder, { held, name, reason });
  }

  /** Answers why it could not be imported; null when it was. */
  private async import(
    { firmId, administrationId }: { firmId: string; administrationId: string },
    file: { name: string; path: string; size: number },
  ): Promise<string | null> {
    try {
      if (file.size > LIMITS.fileBytes) return `The file is larger than ${LIMITS.fileBytes / 1_000_000} MB.`;
      const bytes = await readFile(file.path);
      const ref = { firmId, actor: ACTOR };
      const id = await this.files.bring({ ...ref, administrationId, name: file.name, bytes, origin: 'folder' });
      return await this.importBrought({ ...ref, id });
    } catch (error) {
      if (error instanceof Problem) return error.detail;
      if (error instanceof InputError) return error.message;
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return 'An unexpected error happened; it was logged.';
    }
  }

  private async importBrought(ref: { firmId: string; id: string; actor: string }): Promise<string | null> {
    const page = `${this.settings.publicUrl}/connections`;
    try {
      const { state, counts } = await this.files.import(ref, {});
      if (state === 'imported') return null;
      return `${counts.dropped} of ${counts.open} open items are no longer on this list. It is kept, and waits in Openpost for a person to confirm it (${page}).`;
    } catch (error) {
      if (error instanceof Problem && error.code === 'COLUMNS_NOT_CHOSEN')
        return `The columns of this file are new. It is kept, and waits in Openpost for a person to choose what they mean (${page}).`;
      if (error instanceof Problem || error instanceof InputError) await this.files.discard(ref, error.message);
      throw error;
    }
  }

  private async putAway(folder: string, file: { held: string; name: string; reason: string | null }): Promise<void> {
    const target = join(folder, file.reason === null ? 'done' : 'failed');
    await mkdir(target, { recursive: true });
    const stamp = this.clock.now().toISOString().replaceAll(/[:.]/g, '-');
    await rename(file.held, join(target, `${stamp} ${file.name}`));
    if (file.reason === null) return;
    this.logger.warn(`${file.name}: ${file.reason}`);
    await writeFile(join(target, `${stamp} ${file.name}.reason.txt`), `${file.reason}\n`);
  }
}
