import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { IsBooleanString, IsOptional, IsUUID } from 'class-validator';
import { Id, invalid, readPage, Requires, Who, type Identity } from '../../http/index.js';
import { PageQueryDto } from '../page-query.dto.js';
import { TieOutViews } from './tie-out-views.service.js';

class TieOutQueryDto extends PageQueryDto {
  @IsOptional()
  @IsUUID()
  check?: string;

  @IsOptional()
  @IsBooleanString()
  all?: string;
}

@Controller('administrations/:id/tie-out')
export class TieOutController {
  constructor(private readonly views: TieOutViews) {}

  @Get()
  @Requires('viewer')
  async show(@Who() { firmId }: Identity, @Id() id: string, @Query() query: TieOutQueryDto): Promise<object> {
    const page = readPage(query, 'text', 'text', 'text');
    if (page.after !== null && !/^\d{1,18}$/.test(page.after[0]!))
      throw invalid('cursor', 'the nextCursor of an earlier answer');
    return this.views.show(firmId, id, { check: query.check ?? null, all: query.all === 'true', page });
  }

  @Post()
  @Requires('collector')
  @HttpCode(202)
  async request(@Who() { firmId }: Identity, @Id() id: string): Promise<object> {
    return { id: await this.views.request(firmId, id), status: 'queued' };
  }
}
