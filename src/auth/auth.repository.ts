import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/index.js';
import type { Identity, Role } from '../http/index.js';
import { isUniqueViolation, recordDeed, UnitOfWork } from '../persistence/index.js';

export interface Account {
  readonly userId: string;
  readonly firmId: string;
  readonly firmName: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
}

export interface AuditRow {
  readonly id: string;
  /** `at` to the microsecond, for the cursor. */
  readonly atKey: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: object;
}

const ACCOUNT = `u.id as "userId", u.firm_id as "firmId", f.name as "firmName", u.email, u.name, u.role, u.password_hash as "passwordHash"`;

/** Users, sessions and API keys. Sign-in comes before any firm is known, so these look-ups go across firms, by a secret's hash or an address. */
@Injectable()
export class AuthRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async findByEmail(email: string): Promise<Account | null> {
    return this.unitOfWork.acrossFirms(async (transaction) => {
      const rows = (await transaction.query(
        `select ${ACCOUNT} from app_user u join firm f on f.id = u.firm_id where lower(u.email) = lower($1)`,
        [email],
      )) as Account[];
      return rows[0] ?? null;
    });
  }

  async findBySession(tokenHash: Buffer): Promise<Account | null> {
    return this.unitOfWork.acrossFirms(async (transaction) => {
      const rows = (await transaction.query(
        `select ${ACCOUNT} from session s join app_user u on u.id = s.user_id join firm f on f.id = u.firm_id where s.token_hash = $1 and s.expires_at > now()`,
        [tokenHash],
      )) as Account[];
      return rows[0] ?? null;
    });
  }

  async findByApiKey(keyHash: Buffer): Promise<Identity | null> {
    return this.unitOfWork.acrossFirms(async (transaction) => {
      const [rows] = (await transaction.query(
        `update api_key set last_used_at = now() where key_hash = $1 and revoked_at is null returning firm_id as "firmId", role, name`,
        [keyHash],
      )) as [{ firmId: string; role: Role; name: string }[], number];
      const key = rows[0];
      return key === undefined
        ? null
        : { firmId: key.firmId, role: key.role, userId: null, actor: `API key ${key.name}` };
    });
  }

  async openSession(account: Account, tokenHash: Buffer, days: number): Promise<void> {
    await this.unitOfWork.inFirm(account.firmId, async (transaction) => {
      await transaction.query('delete from session where expires_at < now()');
      await transaction.query(
        `insert into session (token_hash, firm_id, user_id, expires_at) values ($1, $2, $3, now() + make_interval(days => $4))`,
        [tokenHash, account.firmId, account.userId, days],
      );
    });
  }

  async closeSession(firmId: string, tokenHash: Buffer): Promise<void> {
    await this.unitOfWork.inFirm(firmId, (transaction) =>
      transaction.query('delete from session where token_hash = $1', [tokenHash]),
    );
  }

  async addApiKey(firmId: string, key: { name: string; role: Role; hash: Buffer; actor: string }): Promise<string> {
    const id = newId();
    await this.unitOfWork.inFirm(firmId, async (transaction) => {
      await transaction.query(`insert into api_key (id, firm_id, name, role, key_hash) values ($1, $2, $3, $4, $5)`, [
        id,
        firmId,
        key.name,
        key.role,
        key.hash,
      ]);
      const { actor, name, role } = key;
      const subject = { subjectType: 'api-key', subjectId: id };
      await recordDeed(transaction, { firmId, actor, action: 'api-key-added', ...subject, detail: { name, role } });
    });
    return id;
  }

  async listApiKeys(firmId: string): Promise<object[]> {
    return this.unitOfWork.inFirm(firmId, (transaction) =>
      transaction.query(
        `select id, name, role, created_at as "createdAt", last_used_at as "lastUsedAt" from api_key where revoked_at is null order by created_at desc, id`,
      ),
    ) as Promise<object[]>;
  }

  /** Returns whether there was a live key of that id. */
  async revokeApiKey(firmId: string, id: string, actor: string): Promise<boolean> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const [rows] = (await transaction.query(
        `update api_key set revoked_at = now() where id = $1 and revoked_at is null returning id`,
        [id],
      )) as [unknown[], number];
      if (rows.length === 0) return false;
      await recordDeed(transaction, {
        firmId,
        actor,
        action: 'api-key-revoked',
        subjectType: 'api-key',
        subjectId: id,
      });
      return true;
    });
  }

  /** A firm with its first admin; does nothing when the e-mail address is already somebody's. Returns the firm's id. */
  async ensureFirm(request: { firmName: string; email: string; name: string; passwordHash: string }): Promise<string> {
    const existing = await this.findByEmail(request.email);
    if (existing !== null) return existing.firmId;
    try {
      return await this.addFirm(request);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Another process that started at the same moment was first: its firm is the firm.
      const other = await this.findByEmail(request.email);
      if (other === null) throw error;
      return other.firmId;
    }
  }

  private async addFirm(request: {
    firmName: string;
    email: string;
    name: string;
    passwordHash: string;
  }): Promise<string> {
    const firmId = newId();
    await this.unitOfWork.inFirm(firmId, async (transaction) => {
      await transaction.query('insert into firm (id, name) values ($1, $2)', [firmId, request.firmName]);
      await transaction.query(
        `insert into app_user (id, firm_id, email, name, password_hash, role) values ($1, $2, $3, $4, $5, 'admin')`,
        [newId(), firmId, request.email, request.name, request.passwordHash],
      );
    });
    return firmId;
  }

  async auditEntries(firmId: string, request: { after: readonly string[] | null; limit: number }): Promise<AuditRow[]> {
    return this.unitOfWork.inFirm(firmId, (transaction) =>
      transaction.query(
        `select id, at, at::text as "atKey", actor, action, subject_type || ' ' || subject_id as subject, detail from audit_entry
          where ($1::timestamptz is null or (at, id) < ($1::timestamptz, $2::uuid)) order by at desc, id desc limit $3`,
        [request.after?.[0] ?? null, request.after?.[1] ?? null, request.limit + 1],
      ),
    ) as Promise<AuditRow[]>;
  }
}
