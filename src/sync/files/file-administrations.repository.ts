import { Injectable } from '@nestjs/common';
import { conflict, notFound } from '../../http/index.js';
import { rowOf, type Transaction } from '../../persistence/index.js';
import { ConnectorRegistry } from '../connector-registry.js';

/** An administration whose records are files. */
export interface FileAdministration {
  readonly firmId: string;
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly country: string;
  readonly timeZone: string;
}

interface Found extends FileAdministration {
  readonly connector: string;
  readonly state: string;
}

/** Administrations that take files, and refusals for those that do not. */
@Injectable()
export class FileAdministrations {
  constructor(private readonly registry: ConnectorRegistry) {}

  /** Throws `NOT_FOUND` for an administration that is none of the firm's. Answers whatever its books come from. */
  async mustExist(transaction: Transaction, id: string): Promise<void> {
    const found = await rowOf(transaction, `select 1 from administration where id = $1`, [id]);
    if (found === null) throw notFound('administration');
  }

  async get(transaction: Transaction, id: string): Promise<FileAdministration> {
    const found = await rowOf<Found>(
      transaction,
      `select a.firm_id as "firmId", a.id, a.name, a.currency, a.country, a.time_zone as "timeZone", c.connector, c.state
       from administration a join connection c on c.id = a.connection_id where a.id = $1`,
      [id],
    );
    if (found === null) throw notFound('administration');
    if (this.registry.hasLogin(found.connector))
      throw conflict(
        'NOT_A_FILE_SOURCE',
        'the books of this administration come from its accounting package, not from files',
      );
    if (found.state !== 'active')
      throw conflict('CONNECTION_NEEDS_RECONNECT', 'this connection was ended; connect it again before bringing files');
    return found;
  }
}
