import { Module } from '@nestjs/common';
import { addDays, newId, type BusinessDate, type Clock } from '../../src/kernel/index.js';
import { DUNNING_CONTROLLERS, DUNNING_PROVIDERS } from '../../src/dunning/dunning.parts.js';
import { FreshBooks } from '../../src/dunning/runs/fresh-books.js';
import { SegmentationModule, SegmentationService } from '../../src/segmentation/index.js';
import { Settings } from '../../src/settings/index.js';
import { createTestApi, type Asking, type TestApi } from './api.js';
import { authorBooks, type Books } from './books.js';
import { addFirm, createTestDatabase, type TestDatabase } from './database.js';

export interface RunJson {
  readonly id: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly planHash: string;
  readonly summary: {
    readonly lines: number;
    readonly take: number;
    readonly messages: number;
    readonly total: readonly { amount: string; currency: string }[];
    readonly byReason: Readonly<Record<string, number>>;
  };
  readonly applied: { readonly messages: number; readonly skipped: Readonly<Record<string, number>> } | null;
}

export interface LineJson {
  readonly receivable: { readonly id: string; readonly invoiceNumber: string };
  readonly decision: string;
  readonly level: number;
  readonly reason: string;
  readonly until: string | null;
  readonly outcome: string | null;
  readonly messageId: string | null;
}

export interface MessageRow {
  readonly id: string;
  readonly level: number;
  readonly channel: string;
  readonly state: string;
  readonly recipient: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly open_total: string;
  readonly lines: readonly string[];
}

/** What the source knows that our books do not yet: done just before a run is applied, as a pull would. */
export type NewsFromTheSource = () => Promise<unknown>;

/**
 * A collector's desk on a real database, on a day that a test sets. Only the far ends are replaced: the source (whose
 * news a test writes into the books) and the mail server (messages are looked at where they wait to be sent).
 */
export class Desk {
  private day: BusinessDate;
  private news: NewsFromTheSource | 'unreachable' | null = null;

  private constructor(
    readonly database: TestDatabase,
    readonly api: TestApi,
    readonly firm: string,
    readonly books: Books,
    setUp: { administration: string; day: BusinessDate; box: { desk: Desk | null } },
  ) {
    this.day = setUp.day;
    this.administration = setUp.administration;
    setUp.box.desk = this;
  }

  readonly administration: string;

  static async open(day: string, administration: Record<string, unknown> = {}): Promise<Desk> {
    const database = await createTestDatabase();
    const box: { desk: Desk | null } = { desk: null };
    const clock: Clock = { now: () => box.desk?.now() ?? new Date(`${day}T09:00:00Z`) };
    const books: FreshBooks = { pullNow: () => box.desk!.pull() };
    const settings = { maxStalenessMinutes: 1_440 } as Settings;
    @Module({
      imports: [SegmentationModule],
      controllers: DUNNING_CONTROLLERS,
      providers: [
        ...DUNNING_PROVIDERS,
        { provide: FreshBooks, useValue: books },
        { provide: Settings, useValue: settings },
      ],
    })
    class DunningOnTheDesk {}
    const api = await createTestApi(database, { modules: [DunningOnTheDesk], clock });
    const firm = await addFirm(database);
    const author = authorBooks(database, firm);
    const id = await author.administration({
      first_loaded_at: `${day}T06:00:00Z`,
      last_good_pull_at: `${day}T06:00:00Z`,
      house_style: { senderName: 'Bakker BV', senderEmail: 'debiteuren@bakker.example', iban: 'NL91ABNA0417164300' },
      ...administration,
    });
    return new Desk(database, api, firm, author, { administration: id, day: day as BusinessDate, box });
  }

  async close(): Promise<void> {
    await this.api.close();
    await this.database.close();
  }

  now(): Date {
    return new Date(`${this.day}T09:00:00Z`);
  }

  as(role: 'viewer' | 'collector' | 'admin' = 'admin'): Asking {
    return this.api.as(this.firm, role);
  }

  /** Another morning. The nightly pull went well, unless the story says otherwise. */
  async itIs(day: string, { synced = true }: { synced?: boolean } = {}): Promise<void> {
    this.day = day as BusinessDate;
    if (!synced) return;
    await this.database.sql('update administration set last_good_pull_at = $2 where id = $1', [
      this.administration,
      `${day}T06:00:00Z`,
    ]);
  }

  async daysLater(days: number): Promise<void> {
    await this.itIs(addDays(this.day, days));
  }

  async debtor(name: string, row: Record<string, unknown> = {}): Promise<string> {
    const email = `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@klant.example`;
    return this.books.debtor(this.administration, { name, email, source_id: newId(), ...row });
  }

  /** An invoice in euros, decimals of cents: `invoice(debtor, 'F-1', { due: '2026-10-01', cents: 100_00 })`. */
  async invoice(
    debtor: string,
    number: string,
    { due, cents, ...row }: { due: string; cents: number; [column: string]: unknown },
  ): Promise<string> {
    const of = { administration: this.administration, debtor };
    return this.books.receivable(of, { invoice_number: number, due_date: due, amount: cents, ...row });
  }

  async creditNote(debtor: string, number: string, { cents, due }: { cents: number; due: string }): Promise<string> {
    return this.invoice(debtor, number, { due, cents: -cents, kind: 'credit-note' });
  }

  /** In our books at once, as after the nightly pull. */
  async isPaid(receivable: string, cents?: number): Promise<void> {
    await this.database.sql(
      `update receivable set open_amount = case when $2::bigint is null then 0 else open_amount - $2 end where id = $1`,
      [receivable, cents ?? null],
    );
  }

  async dueDateBecomes(receivable: string, due: string): Promise<void> {
    await this.database.sql('update receivable set due_date = $2 where id = $1', [receivable, due]);
  }

  /** Known to the source only: our books learn it from the pull before sending. */
  meanwhile(news: NewsFromTheSource): void {
    this.news = news;
  }

  sourceIsUnreachable(): void {
    this.news = 'unreachable';
  }

  async sortIntoSegments(): Promise<void> {
    await this.api.app.get(SegmentationService).recompute(this.firm, this.administration);
  }

  async plan(body: object = {}): Promise<RunJson> {
    const answer = await this.as('collector').post(`/administrations/${this.administration}/dunning-runs`).send(body);
    if (answer.status !== 202) throw new Error(`not planned: ${answer.status} ${answer.text}`);
    return this.settled((answer.body as { id: string }).id, ['planning']);
  }

  async approve(run: RunJson): Promise<RunJson> {
    const answer = await this.as('collector').post(`/dunning-runs/${run.id}/approve`).send({ planHash: run.planHash });
    if (answer.status !== 200) throw new Error(`not approved: ${answer.status} ${answer.text}`);
    return this.settled(run.id, ['approved', 'applying']);
  }

  /** A whole day's work: plan, and approve when there is something to approve. */
  async planAndApprove(): Promise<RunJson> {
    const run = await this.plan();
    return run.state === 'awaiting_approval' ? this.approve(run) : run;
  }

  async run(id: string): Promise<RunJson> {
    return (await this.as('viewer').get(`/dunning-runs/${id}`).expect(200)).body as RunJson;
  }

  async lines(run: { id: string }): Promise<LineJson[]> {
    const { body } = await this.as('viewer').get(`/dunning-runs/${run.id}/lines?limit=500`).expect(200);
    return (body as { items: LineJson[] }).items;
  }

  /** Reason of each invoice of a run, or what became of its step once applied: `{ 'F-1': 'STEP_DUE' }`. */
  async reasons(run: { id: string }): Promise<Record<string, string>> {
    const lines = await this.lines(run);
    return Object.fromEntries(lines.map((line) => [line.receivable.invoiceNumber, line.outcome ?? line.reason]));
  }

  /** Messages, oldest first, each with its invoice numbers. */
  async messages(): Promise<MessageRow[]> {
    return this.database.sql<MessageRow>(
      `select m.id, m.level, m.channel, m.state, m.recipient, m.language, m.subject, m.body_text as text, m.open_total,
              array(select invoice_number from message_line l where l.message_id = m.id order by position) as lines
         from message m where m.administration_id = $1 order by m.created_at, m.id`,
      [this.administration],
    );
  }

  async tasks(): Promise<{ kind: string; title: string; state: string; id: string }[]> {
    const { body } = await this.as('viewer').get(`/administrations/${this.administration}/tasks`).expect(200);
    return (body as { items: { kind: string; title: string; state: string; id: string }[] }).items;
  }

  async settled(runId: string, busy: readonly string[]): Promise<RunJson> {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const run = await this.run(runId);
      if (!busy.includes(run.state)) return run;
      await new Promise((proceed) => setTimeout(proceed, 25));
    }
    throw new Error(`run ${runId} does not get on`);
  }

  private async pull(): Promise<boolean> {
    const { news } = this;
    this.news = null;
    if (news === 'unreachable') return false;
    await news?.();
    await this.itIs(this.day);
    return true;
  }
}
