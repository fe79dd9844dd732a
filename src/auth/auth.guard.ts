import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem, ROLE_KEY, roleSuffices, type IdentifiedRequest, type Identity, type Role } from '../http/index.js';
import { Settings } from '../settings/index.js';
import { AuthService } from './auth.service.js';
import { sessionTokenOf } from './session-cookie.js';

/**
 * Lets a request through when its session or API key has the role that the route requires. A route that requires
 * nothing and is not marked public is closed: forgetting the mark must not open a door.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly auth: AuthService,
    private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<Role | 'public' | undefined>(ROLE_KEY, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    if (bearerOf(request) === undefined) this.refuseForeignOrigin(request);
    if (needed === 'public') return true;
    const identity = await this.identify(request);
    if (identity === null)
      throw new Problem(401, 'NOT_SIGNED_IN', 'Sign in, or send an API key as "Authorization: Bearer …".');
    if (needed === undefined || !roleSuffices(identity.role, needed))
      throw new Problem(403, 'ROLE_TOO_LOW', `This needs the role ${needed ?? 'of nobody'}.`);
    request.identity = identity;
    return true;
  }

  private async identify(request: IdentifiedRequest): Promise<Identity | null> {
    const bearer = bearerOf(request);
    if (bearer !== undefined) return this.auth.identityOfKey(bearer);
    const token = sessionTokenOf(request);
    return token === null ? null : this.auth.identityOfSession(token);
  }

  /**
   * A cookie travels by itself, so a write that a browser sends from another site is refused. Signing in too: another
   * site must not put its visitor into an account of its own.
   */
  private refuseForeignOrigin(request: IdentifiedRequest): void {
    const origin = request.header('origin');
    if (SAFE_METHODS.includes(request.method) || origin === undefined) return;
    const own = [new URL(this.settings.publicUrl).host, request.header('host')];
    if (!URL.canParse(origin) || !own.includes(new URL(origin).host))
      throw new Problem(403, 'FOREIGN_ORIGIN', 'This request came from another site.');
  }
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** The API key of a request; a browser never adds one by itself. */
function bearerOf(request: IdentifiedRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(request.header('authorization') ?? '')?.[1];
}
