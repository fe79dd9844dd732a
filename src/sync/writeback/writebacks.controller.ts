import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { Id, readPage, Requires, Who, type Identity } from '../../http/index.js';
import { PageQueryDto } from '../page-query.dto.js';
import { WritebackDecisions } from './writeback-decisions.service.js';
import { WritebacksService } from './writebacks.service.js';

const STATES = ['pending', 'sending', 'applied', 'rejected', 'unknown', 'abandoned'] as const;

class ListWritebacksDto extends PageQueryDto {
  @IsOptional()
  @IsIn(STATES)
  state?: (typeof STATES)[number];
}

class SettleWritebackDto {
  @IsIn(['applied', 'abandoned'])
  outcome!: 'applied' | 'abandoned';

  @IsString()
  @MinLength(1)
  @MaxLength(2_000)
  note!: string;
}

class ResolveWritebackDto {
  @IsIn(['theirs', 'ours'])
  choice!: 'theirs' | 'ours';

  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  note?: string;
}

@Controller()
export class WritebacksController {
  constructor(
    private readonly writebacks: WritebacksService,
    private readonly decisions: WritebackDecisions,
  ) {}

  @Get('administrations/:id/writebacks')
  @Requires('viewer')
  async list(
    @Who() { firmId }: Identity,
    @Id() administrationId: string,
    @Query() query: ListWritebacksDto,
  ): Promise<object> {
    return this.writebacks.list(firmId, { administrationId, state: query.state ?? null }, readPage(query, 'uuid'));
  }

  @Get('writebacks/:id')
  @Requires('viewer')
  async get(@Who() { firmId }: Identity, @Id() id: string): Promise<object> {
    return this.writebacks.get(firmId, id);
  }

  @Post('writebacks/:id/retry')
  @Requires('collector')
  @HttpCode(202)
  async retry(@Who() { firmId, actor }: Identity, @Id() id: string): Promise<object> {
    await this.decisions.retry({ firmId, id, actor });
    return { id, status: 'pending' };
  }

  @Post('writebacks/:id/settle')
  @Requires('collector')
  @HttpCode(200)
  async settle(
    @Who() { firmId, actor }: Identity,
    @Id() id: string,
    @Body() body: SettleWritebackDto,
  ): Promise<object> {
    await this.decisions.settle({ firmId, id, actor }, body);
    return this.writebacks.get(firmId, id);
  }

  @Post('writebacks/:id/resolve')
  @Requires('collector')
  @HttpCode(200)
  async resolve(
    @Who() { firmId, actor }: Identity,
    @Id() id: string,
    @Body() { choice, note = '' }: ResolveWritebackDto,
  ): Promise<object> {
    await this.decisions.resolve({ firmId, id, actor }, { choice, note });
    return this.writebacks.get(firmId, id);
  }
}
