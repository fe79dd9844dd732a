import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { IsEmail, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import type { Request, Response } from 'express';
import {
  Id,
  notFound,
  Problem,
  Public,
  readPage,
  Requires,
  toListPage,
  Who,
  type Identity,
  type ListPage,
  type Role,
} from '../http/index.js';
import { Settings } from '../settings/index.js';
import { AuthRepository, type Account, type AuditRow } from './auth.repository.js';
import { AuthService, SESSION_DAYS } from './auth.service.js';
import { cookieOptions, SESSION_COOKIE, sessionTokenOf } from './session-cookie.js';

class LoginBody {
  @IsEmail({ require_tld: false }) @MaxLength(320) email!: string;
  @IsString() @MinLength(1) @MaxLength(1000) password!: string;
}

class ApiKeyBody {
  @IsString() @MinLength(1) @MaxLength(100) name!: string;
  @IsIn(['viewer', 'collector', 'admin']) role!: Role;
}

class AuditQuery {
  @IsOptional() @IsString() limit?: string;
  @IsOptional() @IsString() cursor?: string;
}

const shape = (account: Account): object => ({
  user: { id: account.userId, name: account.name, email: account.email, role: account.role },
  firm: { id: account.firmId, name: account.firmName },
});

const toAuditJson = ({ id, at, actor, action, subject, detail }: AuditRow): object => ({
  id,
  at,
  actor,
  action,
  subject,
  detail,
});

@ApiTags('auth')
@Controller()
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly repository: AuthRepository,
    private readonly settings: Settings,
  ) {}

  @Post('auth/login')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Sign in; sets the session cookie' })
  async login(@Body() body: LoginBody, @Res({ passthrough: true }) response: Response): Promise<object> {
    const { token, account } = await this.auth.login(body.email, body.password);
    response.cookie(SESSION_COOKIE, token, cookieOptions(this.settings.publicUrl, SESSION_DAYS));
    return shape(account);
  }

  @Post('auth/logout')
  @HttpCode(204)
  @Requires('viewer')
  async logout(
    @Who() who: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const token = sessionTokenOf(request);
    if (token !== null) await this.auth.logout(who.firmId, token);
    response.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  @Get('auth/me')
  @Requires('viewer')
  @ApiOperation({ summary: 'Who is signed in' })
  async me(@Req() request: Request): Promise<object> {
    const token = sessionTokenOf(request);
    const account = token === null ? null : await this.auth.accountOf(token);
    if (account === null)
      throw new Problem(401, 'NOT_SIGNED_IN', 'An API key has no user; sign in with e-mail and password.');
    return shape(account);
  }

  @Get('auth/api-keys')
  @Requires('admin')
  async apiKeys(@Who() who: Identity): Promise<object> {
    return { items: await this.repository.listApiKeys(who.firmId), nextCursor: null };
  }

  @Post('auth/api-keys')
  @Requires('admin')
  @ApiOperation({ summary: 'Add an API key; it is shown once' })
  addApiKey(@Who() who: Identity, @Body() body: ApiKeyBody): Promise<object> {
    return this.auth.addApiKey(who, body);
  }

  @Delete('auth/api-keys/:id')
  @HttpCode(204)
  @Requires('admin')
  async revokeApiKey(@Who() who: Identity, @Id() id: string): Promise<void> {
    if (!(await this.repository.revokeApiKey(who.firmId, id, who.actor))) throw notFound('the API key');
  }

  @Get('audit')
  @Requires('admin')
  @ApiOperation({ summary: 'Who did what, newest first' })
  async audit(@Who() who: Identity, @Query() query: AuditQuery): Promise<ListPage<object>> {
    const page = readPage(query, 'instant', 'uuid');
    const rows = await this.repository.auditEntries(who.firmId, page);
    return toListPage(rows, page, { key: (row) => [row.atKey, row.id], item: toAuditJson });
  }
}
