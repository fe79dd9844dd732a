import { Body, Controller, Delete, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Id, Public, Requires, Who, type Identity } from '../../http/index.js';
import { AuthorizationService } from './authorization.service.js';
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
  ) {}

  @Get()
  @Requires('viewer')
  async list(@Who() who: Identity): Promise<object> {
    return { items: await this.connections.list(who.firmId), nextCursor: null };
  }

  @Post()
  @Requires('admin')
  async create(@Who() { firmId, actor }: Identity, @Body() body: CreateConnectionDto): Promise<object> {
    return this.connections.create({ firmId, actor, connector: body.connector, settings: body.settings ?? {} });
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
  async reconnect(@Who() { firmId }: Identity, @Id() connectionId: string): Promise<object> {
    return this.connections.reconnect({ firmId, connectionId });
  }

  @Get(':id/administrations')
  @Requires('admin')
  async reach(@Who() { firmId }: Identity, @Id() connectionId: string, @Query() query: ReachQueryDto): Promise<object> {
    const items = await this.connections.reach({ firmId, connectionId }, query.rights === 'true');
    return { items, nextCursor: null };
  }
}

/** Full paths: this route is excluded from the global prefix, and served below it too. */
@Controller(['oauth/callback', 'api/v1/oauth/callback'])
export class OauthCallbackController {
  constructor(private readonly authorization: AuthorizationService) {}

  @Get()
  @Public()
  async finish(@Query() query: CallbackQueryDto, @Res() response: Response): Promise<void> {
    const page = await this.authorization.finish(query);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.redirect(302, page);
  }
}
