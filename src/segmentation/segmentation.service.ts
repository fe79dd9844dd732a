import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type BusinessDate, type Clock } from '../kernel/index.js';
import { getBooks } from '../ledger/index.js';
import { recordDeed, type Transaction, UnitOfWork } from '../persistence/index.js';
import { computeProfile, decideSegment, type SegmentRule } from './domain/index.js';
import { toProfileJson } from './profile-json.js';
import { ProfileRepository, type DebtorBehaviour, type ProfileRow } from './profile.repository.js';
import { RulesetRepository, type Ruleset } from './ruleset.repository.js';

/** Debtors in memory at once, with all their receivables. */
const BATCH_SIZE = 250;

export interface Recomputed {
  /** Debtors looked at. */
  readonly debtors: number;
  /** Debtors whose profile, segment or reason is another than before. */
  readonly changed: number;
}

export interface Segments extends Ruleset {
  readonly counts: Readonly<Record<string, number>>;
}

/** Keeps every debtor's behaviour profile and segment in step with the books, the rules and the day. */
@Injectable()
export class SegmentationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly profiles: ProfileRepository,
    private readonly rulesets: RulesetRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Recomputes all debtors of an administration, a batch per transaction. Safe to run twice and at the same time;
   * writes nothing where nothing changed. @throws Problem 404 when there is no such administration
   */
  async recompute(firmId: string, administrationId: string): Promise<Recomputed> {
    let [debtors, changed, after] = [0, 0, null as string | null];
    do {
      const batch = await this.unitOfWork.inFirm(firmId, (transaction) =>
        this.recomputeBatch(transaction, { firmId, administrationId }, () =>
          this.profiles.nextBatch(transaction, administrationId, { after, size: BATCH_SIZE }),
        ),
      );
      debtors += batch.debtors;
      changed += batch.changed;
      after = batch.last;
    } while (after !== null);
    return { debtors, changed };
  }

  /** Recomputes certain debtors inside somebody's transaction, so that a decision and what follows from it are one. */
  async recomputeDebtors(
    transaction: Transaction,
    owner: { firmId: string; administrationId: string },
    debtorIds: readonly string[],
  ): Promise<Recomputed> {
    return this.recomputeBatch(transaction, owner, () =>
      this.profiles.batchOf(transaction, owner.administrationId, debtorIds),
    );
  }

  /** The rules of an administration and how many debtors each segment holds. @throws Problem 404 */
  async segments(firmId: string, administrationId: string): Promise<Segments> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      await getBooks(transaction, this.clock, administrationId);
      const ruleset = await this.rulesets.current(transaction, { firmId, administrationId });
      return { ...ruleset, counts: await this.rulesets.counts(transaction, administrationId, ruleset.rules) };
    });
  }

  /** Puts new rules in force as the next version and sorts the debtors by them. @throws Problem 404 */
  async replaceRules(
    { firmId, actor }: { firmId: string; actor: string },
    administrationId: string,
    rules: readonly SegmentRule[],
  ): Promise<Segments> {
    await this.unitOfWork.inFirm(firmId, async (transaction) => {
      await getBooks(transaction, this.clock, administrationId);
      await this.profiles.lock(transaction, administrationId);
      const { before, after } = await this.rulesets.replace(transaction, { firmId, administrationId, actor }, rules);
      if (after.version === before.version) return;
      const detail = { from: before.version, to: after.version };
      const subject = { subjectType: 'administration', subjectId: administrationId };
      await recordDeed(transaction, { firmId, actor, action: 'segment-rules-changed', ...subject, detail });
    });
    await this.recompute(firmId, administrationId);
    return this.segments(firmId, administrationId);
  }

  private async recomputeBatch(
    transaction: Transaction,
    owner: { firmId: string; administrationId: string },
    read: () => Promise<DebtorBehaviour[]>,
  ): Promise<Recomputed & { last: string | null }> {
    await this.profiles.lock(transaction, owner.administrationId);
    const books = await getBooks(transaction, this.clock, owner.administrationId);
    const ruleset = await this.rulesets.current(transaction, owner);
    const batch = await read();
    const rows = batch.map((debtor) => toProfileRow(debtor, books.today, ruleset));
    const changed = await this.profiles.save(transaction, owner, rows);
    return {
      debtors: batch.length,
      changed,
      last: batch.length < BATCH_SIZE ? null : (batch.at(-1)?.debtorId ?? null),
    };
  }
}

function toProfileRow(debtor: DebtorBehaviour, today: BusinessDate, { version, rules }: Ruleset): ProfileRow {
  const profile = computeProfile(debtor.receivables, today);
  const segment = decideSegment(profile, debtor.facts, rules);
  return {
    debtor_id: debtor.debtorId,
    as_of: today,
    profile: toProfileJson(profile),
    segment_id: segment.id,
    segment_name: segment.name,
    reason: segment.reason,
    reason_code: segment.reasonCode,
    facts: segment.facts,
    ruleset_version: version,
  };
}
