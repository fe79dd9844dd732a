import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { Id, readPage, Requires, Who, type Identity, type ListPage } from '../../http/index.js';
import { PageQueryDto } from '../page-query.dto.js';
import { SweepService } from './sweep.service.js';

class DecideSweepDto {
  @IsIn(['delete', 'keep'])
  decision!: 'delete' | 'keep';

  @IsString()
  @MinLength(1)
  @MaxLength(2_000)
  note!: string;
}

/** Records that a full pull did not see. */
@Controller('administrations/:id/sweeps')
export class AdministrationSweepsController {
  constructor(private readonly sweeps: SweepService) {}

  @Get()
  @Requires('viewer')
  async list(@Who() { firmId }: Identity, @Id() id: string, @Query() query: PageQueryDto): Promise<ListPage<object>> {
    return this.sweeps.list(firmId, id, readPage(query, 'instant', 'uuid'));
  }
}

@Controller('sweeps')
export class SweepsController {
  constructor(private readonly sweeps: SweepService) {}

  @Post(':id/decide')
  @Requires('admin')
  @HttpCode(200)
  async decide(@Who() { firmId, actor }: Identity, @Id() id: string, @Body() body: DecideSweepDto): Promise<object> {
    return this.sweeps.decide(firmId, id, { ...body, actor });
  }
}
