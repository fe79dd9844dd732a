import { Inject, Injectable } from '@nestjs/common';
import type { ManagedPart, WriteIntent } from '../../connectors/contract/index.js';
import { UnitOfWork } from '../../persistence/index.js';
import { DOCUMENT_FILES, type DocumentFiles } from './document-files.js';
import { toWriteIntent, type StoredWrite } from './intent.js';
import { LedgerStates } from './ledger-states.service.js';
import { findPart } from './writeback-rows.js';
import type { ClaimedWriteback } from './writeback.repository.js';

/** What a write needs to know besides its row: files, what we left in shared fields, which states are out of date. */
@Injectable()
export class WriteFacts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly states: LedgerStates,
    @Inject(DOCUMENT_FILES) private readonly files: DocumentFiles,
  ) {}

  refreshStates(firmId: string): Promise<number> {
    return this.states.refresh(firmId);
  }

  /** null where the write shares no field with people. */
  async partOf(claimed: ClaimedWriteback, part: string | null): Promise<ManagedPart | null> {
    if (part === null || claimed.debtorId === null) return null;
    const { resolution } = claimed;
    return this.unitOfWork.inFirm(claimed.firmId, (transaction) =>
      findPart(transaction, claimed, { part, resolution }),
    );
  }

  async intentOf(claimed: ClaimedWriteback, stored: StoredWrite, part: ManagedPart | null): Promise<WriteIntent> {
    const needsFile = stored.kind === 'document' && claimed.messageId !== null;
    const file = needsFile ? await this.files.fileFor(claimed.firmId, claimed.messageId) : null;
    return toWriteIntent(stored, claimed, { file, part });
  }
}
