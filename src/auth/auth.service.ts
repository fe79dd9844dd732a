import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Problem, type Identity, type Role } from '../http/index.js';
import { AuthRepository, type Account } from './auth.repository.js';
import { API_KEY_PREFIX, hashToken, newToken } from './secrets.js';

export const SESSION_DAYS = 14;

/** Verified when the address is unknown, so that an answer takes as long for a stranger as for a user. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$bXlTb21lSGFzaFZhbHVlT2YzMkJ5dGVzTG9uZyEhISE';

/** Who is asking: passwords, sessions and API keys. */
@Injectable()
export class AuthService {
  constructor(private readonly repository: AuthRepository) {}

  /** Throws 401 INVALID_CREDENTIALS without saying which half was wrong. */
  async login(email: string, password: string): Promise<{ token: string; account: Account }> {
    const account = await this.repository.findByEmail(email);
    const matches = await verify(account?.passwordHash ?? NOBODY, password).catch(() => false);
    if (account === null || !matches)
      throw new Problem(401, 'INVALID_CREDENTIALS', 'The e-mail address or the password is not right.');
    const token = newToken();
    await this.repository.openSession(account, hashToken(token), SESSION_DAYS);
    return { token, account };
  }

  async logout(firmId: string, token: string): Promise<void> {
    await this.repository.closeSession(firmId, hashToken(token));
  }

  async accountOf(token: string): Promise<Account | null> {
    return this.repository.findBySession(hashToken(token));
  }

  async identityOfSession(token: string): Promise<Identity | null> {
    const account = await this.accountOf(token);
    return account === null
      ? null
      : { firmId: account.firmId, role: account.role, userId: account.userId, actor: account.email };
  }

  async identityOfKey(key: string): Promise<Identity | null> {
    return key.startsWith(API_KEY_PREFIX) ? this.repository.findByApiKey(hashToken(key)) : null;
  }

  /** The key itself is shown this once. */
  async addApiKey(
    who: Identity,
    request: { name: string; role: Role },
  ): Promise<{ id: string; name: string; key: string }> {
    const key = newToken(API_KEY_PREFIX);
    const id = await this.repository.addApiKey(who.firmId, { ...request, hash: hashToken(key), actor: who.actor });
    return { id, name: request.name, key };
  }

  /** The first firm and its admin, from the settings or the demo. Safe to repeat. */
  async ensureFirm(request: { firmName: string; email: string; name: string; password: string }): Promise<string> {
    const { password, ...rest } = request;
    return this.repository.ensureFirm({ ...rest, passwordHash: await hash(password) });
  }
}
