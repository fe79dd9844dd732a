import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { assert } from '../kernel/index.js';
import type { Identity, Role } from './identity.js';

export const ROLE_KEY = 'openpost:role';

/** The least role that may call this route. A route without it, or `@Public`, is refused at boot. */
export const Requires = (role: Role): CustomDecorator => SetMetadata(ROLE_KEY, role);

/** Open to everyone: sign-in, callbacks, health. */
export const Public = (): CustomDecorator => SetMetadata(ROLE_KEY, 'public');

export interface IdentifiedRequest extends Request {
  identity?: Identity;
}

/** Who is asking: `@Who() who: Identity`. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Identity => {
  const { identity } = context.switchToHttp().getRequest<IdentifiedRequest>();
  assert(identity !== undefined, 'the auth guard ran before this route');
  return identity;
});
