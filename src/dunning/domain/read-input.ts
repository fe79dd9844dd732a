import { assert } from '../../kernel/index.js';
import { DayBook } from './days.js';
import { buildLadder } from './ladder.js';
import { BLOCK_KINDS } from './reasons.js';
import type { ActiveBlock, DebtorStanding, RunRules, Sent, Standing } from './standing.js';
import type { PlanBlock, PlanInput, PlanReceivable } from './types.js';

export interface Field {
  readonly rules: RunRules;
  readonly debtors: readonly DebtorStanding[];
  /** In the order of the input. */
  readonly items: readonly Standing[];
}

/** Brings everything a run was given together: who owes what, what was sent, what holds today. */
export function readInput(input: PlanInput): Field {
  const days = new DayBook();
  const asOf = days.dayOf(input.asOf);
  const { options } = input;
  const rules: RunRules = { asOf, options, days, strictShift: options.dayBoundary === 'strict' ? 1 : 0 };
  const blocks = readBlocks(input.blocks, rules);
  const debtors = readDebtors(input, blocks.ofDebtor);
  const sent = readHistory(input, days, debtors);
  const ownerOf = ownerFinder(debtors);
  const known = { rules, sent, blocks: blocks.ofReceivable };
  const items = input.receivables.map((receivable) => {
    const owner = ownerOf(receivable);
    const item = toStanding(receivable, owner, known);
    owner.items.push(item);
    return item;
  });
  if (options.levelOf === 'debtor') for (const debtor of debtors.values()) shareLevel(debtor);
  return { rules, debtors: [...debtors.values()], items };
}

/** Rows mostly come debtor by debtor, so the last owner found is usually the next one too. */
function ownerFinder(debtors: ReadonlyMap<string, DebtorStanding>): (receivable: PlanReceivable) => DebtorStanding {
  let last: DebtorStanding | undefined;
  return ({ id, debtor }) => {
    if (last?.debtor.id === debtor) return last;
    last = debtors.get(debtor);
    assert(last !== undefined, `receivable ${id} names a debtor that is not in the run: ${debtor}`);
    return last;
  };
}

type Blocks = ReadonlyMap<string, ActiveBlock>;

function readBlocks(blocks: readonly PlanBlock[], rules: RunRules): { ofReceivable: Blocks; ofDebtor: Blocks } {
  const ofReceivable = new Map<string, ActiveBlock>();
  const ofDebtor = new Map<string, ActiveBlock>();
  for (const { kind, until, receivable, debtor } of blocks) {
    const lastDay = until ? rules.days.dayOf(until) : null;
    // A block holds through its last day and lets go the day after.
    if (lastDay !== null && lastDay < rules.asOf) continue;
    if (receivable) addBlock(ofReceivable, receivable, { kind, on: 'receivable', lastDay });
    if (debtor) addBlock(ofDebtor, debtor, { kind, on: 'debtor', lastDay });
  }
  return { ofReceivable, ofDebtor };
}

function addBlock(blocks: Map<string, ActiveBlock>, id: string, block: ActiveBlock): void {
  blocks.set(id, strongest(blocks.get(id) ?? null, block) ?? block);
}

/** The strongest of two names the reason; the later end counts, for the receivable is free only after both. */
function strongest(a: ActiveBlock | null, b: ActiveBlock | null): ActiveBlock | null {
  if (a === null || b === null) return a ?? b;
  const named = BLOCK_KINDS.indexOf(a.kind) <= BLOCK_KINDS.indexOf(b.kind) ? a : b;
  const lastDay = a.lastDay === null || b.lastDay === null ? null : Math.max(a.lastDay, b.lastDay);
  return { ...named, lastDay };
}

function readDebtors(input: PlanInput, blocks: Blocks): Map<string, DebtorStanding> {
  const ladders = new Map(input.scenarios.map((scenario) => [scenario.id, buildLadder(scenario)]));
  const debtors = new Map<string, DebtorStanding>();
  for (const debtor of input.debtors) {
    const ladder = debtor.scenario ? ladders.get(debtor.scenario) : null;
    assert(ladder !== undefined, `debtor ${debtor.id} names a scenario that is not in the run: ${debtor.scenario}`);
    const block = blocks.get(debtor.id) ?? null;
    const canEmail = Boolean(debtor.email);
    debtors.set(debtor.id, { debtor, ladder, block, canEmail, lastMessageDay: null, oldestDueDay: null, items: [] });
  }
  return debtors;
}

function readHistory(input: PlanInput, days: DayBook, debtors: Map<string, DebtorStanding>): Map<string, Sent> {
  const history = new Map<string, Sent>();
  for (const { receivable, level, sentOn, debtor } of input.history) {
    const lastDay = days.dayOf(sentOn);
    const known = history.get(receivable);
    if (known === undefined) history.set(receivable, { level, lastDay });
    else absorb(known, level, lastDay);
    const owner = debtor ? debtors.get(debtor) : undefined;
    if (owner !== undefined) owner.lastMessageDay = Math.max(owner.lastMessageDay ?? lastDay, lastDay);
  }
  return history;
}

function absorb(sent: Sent, level: number, lastDay: number): void {
  if (level > sent.level) sent.level = level;
  if (lastDay > sent.lastDay) sent.lastDay = lastDay;
}

interface Known {
  readonly rules: RunRules;
  readonly sent: ReadonlyMap<string, Sent>;
  readonly blocks: Blocks;
}

function toStanding(receivable: PlanReceivable, owner: DebtorStanding, known: Known): Standing {
  const sent = known.sent.size === 0 ? null : (known.sent.get(receivable.id) ?? null);
  const block = known.blocks.size === 0 ? null : (known.blocks.get(receivable.id) ?? null);
  const dueDay = receivable.dueDate ? known.rules.days.dayOf(receivable.dueDate) : null;
  const open = signedOpen(receivable);
  if (sent !== null) owner.lastMessageDay = Math.max(owner.lastMessageDay ?? sent.lastDay, sent.lastDay);
  if (open > 0n && dueDay !== null) owner.oldestDueDay = Math.min(owner.oldestDueDay ?? dueDay, dueDay);
  return {
    receivable,
    owner,
    currency: receivable.currency,
    open,
    dueDay,
    block: owner.block === null ? block : strongest(owner.block, block),
    sent,
    verdict: null,
    messageLevel: null,
  };
}

/** Sources disagree on the sign of a credit note; here whatever lowers the debt is negative. */
function signedOpen({ kind, open }: PlanReceivable): bigint {
  return kind !== 'invoice' && open > 0n ? -open : open;
}

/**
 * The level belongs to the debtor: the highest among what is *still open*, recomputed from the facts every time, so
 * that a paid receivable neither keeps the debtor high nor pushes the others down.
 */
function shareLevel(debtor: DebtorStanding): void {
  let shared: Sent | null = null;
  for (const { open, sent } of debtor.items) {
    if (open <= 0n || sent === null) continue;
    if (shared === null) shared = { ...sent };
    else absorb(shared, sent.level, sent.lastDay);
  }
  for (const item of debtor.items) if (item.open > 0n) item.sent = shared;
}
