import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsUUID } from 'class-validator';
import type { Response } from 'express';
import { Id, readPage, Requires, Who, type Identity } from '../../http/index.js';
import { PageQueryDto } from '../page-query.dto.js';
import { QuarantineRetry } from './quarantine-retry.service.js';
import { QuarantineService } from './quarantine.service.js';
import { SyncEvents } from './sync-events.service.js';
import { SyncService } from './sync.service.js';

class RequestSyncDto {
  @IsOptional()
  @IsBoolean()
  full?: boolean;
}

class RetryQuarantineDto {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @IsUUID('all', { each: true })
  ids?: string[];
}

@Controller('administrations/:id')
export class AdministrationSyncsController {
  constructor(
    private readonly syncs: SyncService,
    private readonly quarantine: QuarantineService,
    private readonly retries: QuarantineRetry,
  ) {}

  @Get('syncs')
  @Requires('viewer')
  async list(@Who() who: Identity, @Id() id: string, @Query() query: PageQueryDto): Promise<object> {
    return this.syncs.list(who.firmId, id, readPage(query, 'uuid'));
  }

  @Post('syncs')
  @Requires('collector')
  @HttpCode(202)
  async request(@Who() who: Identity, @Id() id: string, @Body() body: RequestSyncDto): Promise<object> {
    const syncId = await this.syncs.request(who.firmId, id, { full: body.full ?? false, trigger: 'manual' });
    return { id: syncId, status: 'queued' };
  }

  @Get('quarantine')
  @Requires('viewer')
  async quarantined(@Who() who: Identity, @Id() id: string, @Query() query: PageQueryDto): Promise<object> {
    return this.quarantine.list(who.firmId, id, readPage(query, 'uuid'));
  }

  @Post('quarantine/retry')
  @Requires('collector')
  @HttpCode(200)
  async retry(@Who() who: Identity, @Id() id: string, @Body() body: RetryQuarantineDto): Promise<object> {
    return this.retries.retry(who, id, body.ids ?? null);
  }
}

@Controller('syncs')
export class SyncsController {
  constructor(
    private readonly syncs: SyncService,
    private readonly events: SyncEvents,
  ) {}

  @Get(':id')
  @Requires('viewer')
  async get(@Who() { firmId }: Identity, @Id() syncId: string): Promise<object> {
    return this.syncs.get({ firmId, syncId });
  }

  @Get(':id/events')
  @Requires('viewer')
  async follow(@Who() { firmId }: Identity, @Id() syncId: string, @Res() response: Response): Promise<void> {
    await this.events.stream({ firmId, syncId }, response);
  }
}
