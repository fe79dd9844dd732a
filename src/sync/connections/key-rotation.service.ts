import { Injectable } from '@nestjs/common';
import { countOf, rowsOf, type SealedSecret, SecretBox, UnitOfWork } from '../../persistence/index.js';
import { tokenPlace, type TokenField } from './token-place.js';

interface Outdated {
  readonly id: string;
  readonly accessToken: SealedSecret | null;
  readonly refreshToken: SealedSecret | null;
}

export interface Rotation {
  readonly keyId: string;
  /** Secrets that now stand under the newest key. */
  readonly rewrapped: number;
  /** Secrets that still stand under an older key: 0 means that older keys may be taken out of OPENPOST_SECRET_KEYS. */
  readonly left: number;
}

const BATCH = 200;

const OUTDATED = `
select id, access_token as "accessToken", refresh_token as "refreshToken" from connection
where access_token ->> 'keyId' <> $1 or refresh_token ->> 'keyId' <> $1 order by id limit ${BATCH}`;

const LEFT = `
select (count(*) filter (where access_token ->> 'keyId' <> $1) + count(*) filter (where refresh_token ->> 'keyId' <> $1))::int as left from connection`;

/**
 * Brings all stored secrets under the newest master key while everything goes on: only the wrapped data key changes, and
 * only if the secret is still the one that was read, so a token that is refreshed meanwhile wins.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly secrets: SecretBox,
  ) {}

  /** Throws when a secret stands under a key that is not in OPENPOST_SECRET_KEYS; what was done until then stays. */
  async rotate(): Promise<Rotation> {
    const keyId = this.secrets.currentKeyId;
    let rewrapped = 0;
    for (let batch = await this.outdated(keyId); batch.length > 0; batch = await this.outdated(keyId)) {
      const done = await Promise.all(batch.map((row) => this.rewrapRow(row, keyId)));
      const changed = done.reduce((sum, count) => sum + count, 0);
      rewrapped += changed;
      // Every one of them was changed by somebody else meanwhile: they are looked at again, so this ends.
      if (changed === 0) break;
    }
    return { keyId, rewrapped, left: await this.left(keyId) };
  }

  private outdated(keyId: string): Promise<Outdated[]> {
    return this.unitOfWork.acrossFirms((transaction) => rowsOf<Outdated>(transaction, OUTDATED, [keyId]));
  }

  private async left(keyId: string): Promise<number> {
    const [row] = await this.unitOfWork.acrossFirms((transaction) =>
      rowsOf<{ left: number }>(transaction, LEFT, [keyId]),
    );
    return row?.left ?? 0;
  }

  private async rewrapRow(row: Outdated, keyId: string): Promise<number> {
    const access = await this.rewrap(row.id, 'access_token', row.accessToken, keyId);
    return access + (await this.rewrap(row.id, 'refresh_token', row.refreshToken, keyId));
  }

  private async rewrap(id: string, field: TokenField, sealed: SealedSecret | null, keyId: string): Promise<number> {
    if (sealed === null || sealed.keyId === keyId) return 0;
    const renewed = this.secrets.rewrap(sealed, tokenPlace(id, field));
    return this.unitOfWork.acrossFirms((transaction) =>
      countOf(transaction, `update connection set ${field} = $2 where id = $1 and ${field} ->> 'wrappedKey' = $3`, [
        id,
        JSON.stringify(renewed),
        sealed.wrappedKey,
      ]),
    );
  }
}
