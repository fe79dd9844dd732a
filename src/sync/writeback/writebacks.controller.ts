import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import { Id, readPage, Requires, Who, type Identity } from '../../http/index.js';
import { PageQueryDto } from '../page-query.dto.js';
import { WritebacksService } from './writebacks.service.js';

const STATES = ['pending', 'sending', 'applied', 'rejected', 'unknown', 'abandoned'] as const;

class ListWritebacksDto extends PageQueryDto {
  @IsOptional()
  @IsIn(STATES)
  state?: (typeof STATES)[number];
}

@Controller()
export class WritebacksController {
  constructor(private readonly writebacks: WritebacksService) {}

  @Get('administrations/:id/writebacks')
  @Requires('viewer')
  async list(
    @Who() { firmId }: Identity,
    @Id() administrationId: string,
    @Query() query: ListWritebacksDto,
  ): Promise<object> {
    return this.writebacks.list(firmId, { administrationId, state: query.state ?? null }, readPage(query, 'uuid'));
  }

  @Post('writebacks/:id/retry')
  @Requires('collector')
  @HttpCode(202)
  async retry(@Who() { firmId, actor }: Identity, @Id() id: string): Promise<object> {
    await this.writebacks.retry({ firmId, id, actor });
    return { id, status: 'pending' };
  }
}
