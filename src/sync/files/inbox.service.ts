import { Injectable } from '@nestjs/common';
import type { SourceHttp, SourceRequest, SourceResponse } from '../../connectors/contract/index.js';
import { rowOf, rowsOf, type Transaction, UnitOfWork } from '../../persistence/index.js';
import { LocalSource, type ConnectionRef, type WayOut } from '../connections/index.js';

/** What a connection of files was told when it was made: the one set of books that its files are of. */
interface Books {
  readonly settings: Readonly<Record<string, string>>;
  readonly administrationId: string | null;
  readonly asOf: Date | null;
}

/** The name of the one administration of a connection in the connector's words. */
const SOURCE_ID = 'books';

const BOOKS = `
select c.settings, a.id as "administrationId", b.as_of as "asOf"
from connection c left join administration a on a.connection_id = c.id left join file_book b on b.administration_id = a.id
where c.id = $1`;

const CHANGES = `
select source_id as "sourceId", version::text, state = 'gone' as gone, raw as row from file_record
where administration_id = $1 and object = $2 and (version, source_id) > ($3::bigint, $4)
order by version, source_id limit $5`;

const OPEN = `
select source_id as "sourceId", version::text, false as gone, raw as row from file_record
where administration_id = $1 and object = 'receivables' and state = 'open' and source_id > $2
order by source_id limit $3`;

const CHANGES_LEFT = `
select count(*)::int as number from file_record where administration_id = $1 and object = $2 and (version, source_id) > ($3::bigint, $4)`;

/**
 * The stored rows of files as a connector asks for them: the same requests as to any host, answered out of PostgreSQL.
 * `GET /administrations`; `GET /records?object=&after=&id=&limit=` for changes in the order of versions;
 * `GET /open-items?id=&limit=` for what is open.
 */
@Injectable()
export class Inbox extends LocalSource {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async open(ref: ConnectionRef): Promise<WayOut> {
    const books = await this.unitOfWork.inFirm(ref.firmId, (transaction) =>
      rowOf<Books>(transaction, BOOKS, [ref.connectionId]),
    );
    return new InboxWayOut(this.unitOfWork, ref.firmId, books ?? { settings: {}, administrationId: null, asOf: null });
  }
}

class InboxWayOut implements WayOut {
  private made = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly firmId: string,
    private readonly books: Books,
  ) {}

  readonly http: SourceHttp = { request: async (request) => this.answer(request) };

  calls(): number {
    return this.made;
  }

  asOf(): Date | null {
    return this.books.asOf;
  }

  private async answer({ method, url }: SourceRequest): Promise<SourceResponse> {
    this.made += 1;
    const { pathname, searchParams } = new URL(url, 'file://inbox/');
    if (method !== 'GET') return answerOf(405, { message: 'Files take nothing back.' });
    if (pathname === '/administrations') return answerOf(200, { items: [{ ...this.books.settings, id: SOURCE_ID }] });
    const { administrationId } = this.books;
    if (administrationId === null) return answerOf(404, { message: 'The administration is not in use yet.' });
    const read = pathname === '/records' ? changes : pathname === '/open-items' ? openItems : null;
    if (read === null) return answerOf(404, { message: `nothing at ${pathname}` });
    const body = await this.unitOfWork.inFirm(this.firmId, (transaction) =>
      read(transaction, administrationId, searchParams),
    );
    return answerOf(200, body);
  }
}

function answerOf(status: number, body: unknown): SourceResponse {
  return { status, headers: {}, body };
}

type Read = (transaction: Transaction, administrationId: string, query: URLSearchParams) => Promise<object>;

const changes: Read = async (transaction, administrationId, query) => {
  const [object, after, id, limit] = ['object', 'after', 'id', 'limit'].map((name) => query.get(name) ?? '');
  const records = await rowsOf(transaction, CHANGES, [administrationId, object, after, id, limit]);
  // Counted once, at the start: afterwards the engine knows how many there are.
  const counted = id === '' ? await rowOf(transaction, CHANGES_LEFT, [administrationId, object, after, id]) : null;
  return { records, total: (counted as { number: number } | null)?.number ?? null };
};

const openItems: Read = async (transaction, administrationId, query) => {
  const records = await rowsOf(transaction, OPEN, [administrationId, query.get('id') ?? '', query.get('limit')]);
  return { records, total: null };
};
