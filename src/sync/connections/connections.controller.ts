import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Id, Public, Requires, Who, type Identity } from '../../http/index.js';
import { Settings } from '../../settings/index.js';
import { AuthorizationService } from './authorization.service.js';
import { browserSecretOf, consentCookieName, consentCookieOptions, newBrowserSecret } from './consent-cookie.js';
import { CallbackQueryDto, CreateConnectionDto, ReachQueryDto } from './connections.dto.js';
import { ConnectionsService } from './connections.service.js';
import { DisconnectService } from './disconnect.service.js';

@Controller('connectors')
export class ConnectorsController {
  constructor(private readonly connections: ConnectionsService) {}

  @Get()
  @Requires('viewer')
  list(): object {
    return { items: this.connections.connectors(), nextCursor: null };
  }
}

@Controller('connections')
export class ConnectionsController {
  constructor(
    private readonly connections: ConnectionsService,
    private readonly disconnects: DisconnectService,
    private readonly settings: Settings,
  ) {}

  @Get()
  @Requires('viewer')
  async list(@Who() who: Identity): Promise<object> {
    return { items: await this.connections.list(who.firmId), nextCursor: null };
  }

  @Post()
  @Requires('admin')
  async create(
    @Who() { firmId, actor }: Identity,
    @Body() body: CreateConnectionDto,
    @Req() request: Request,
  ): Promise<object> {
    const browserSecret = newBrowserSecret(request, this.settings.publicUrl);
    const { connector, settings = {} } = body;
    const created = await this.connections.create({ firmId, actor, connector, settings, browserSecret });
    this.bind(request, created.authorizeUrl, browserSecret);
    return created;
  }

  @Get(':id')
  @Requires('viewer')
  async get(@Who() { firmId }: Identity, @Id() connectionId: string): Promise<object> {
    return this.connections.get({ firmId, connectionId });
  }

  @Delete(':id')
  @Requires('admin')
  @HttpCode(204)
  async revoke(@Who() { firmId, actor }: Identity, @Id() connectionId: string): Promise<void> {
    await this.disconnects.disconnect({ firmId, connectionId }, actor);
  }

  @Post(':id/reconnect')
  @Requires('admin')
  @HttpCode(200)
  async reconnect(@Who() { firmId }: Identity, @Id() connectionId: string, @Req() request: Request): Promise<object> {
    const browserSecret = newBrowserSecret(request, this.settings.publicUrl);
    const asked = await this.connections.reconnect({ firmId, connectionId }, browserSecret);
    this.bind(request, asked.authorizeUrl, browserSecret);
    return asked;
  }

  @Get(':id/administrations')
  @Requires('admin')
  async reach(@Who() { firmId }: Identity, @Id() connectionId: string, @Query() query: ReachQueryDto): Promise<object> {
    const items = await this.connections.reach({ firmId, connectionId }, query.rights === 'true');
    return { items, nextCursor: null };
  }

  /** The consent can only be ended in the browser that began it. */
  private bind({ res }: Request, authorizeUrl: string | null, browserSecret: string | null): void {
    if (authorizeUrl === null || browserSecret === null) return;
    const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
    res?.cookie(consentCookieName(state), browserSecret, consentCookieOptions(this.settings.publicUrl));
  }
}

/** Full paths: this route is excluded from the global prefix, and served below it too. */
@Controller(['oauth/callback', 'api/v1/oauth/callback'])
export class OauthCallbackController {
  constructor(private readonly authorization: AuthorizationService) {}

  @Get()
  @Public()
  async finish(@Query() query: CallbackQueryDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    const browserSecret = browserSecretOf(request, query.state);
    const page = await this.authorization.finish(query, browserSecret);
    if (query.state !== undefined && browserSecret !== null)
      response.clearCookie(consentCookieName(query.state), { path: '/' });
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.redirect(302, page);
  }
}
