import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { Id, Requires, Who, type Identity } from '../../http/index.js';
import { BLOCK_KINDS_BY_PEOPLE, type BlockKindByPeople } from './block-input.js';
import { BlocksService } from './blocks.service.js';

class BlockBody {
  @IsIn(BLOCK_KINDS_BY_PEOPLE) kind!: BlockKindByPeople;
  @IsString() @MaxLength(2000) reason!: string;
  @IsOptional() @IsString() until?: string;
  @IsOptional() @Allow() amount?: unknown;
}

@ApiTags('casework')
@Controller()
export class BlocksController {
  constructor(private readonly blocks: BlocksService) {}

  @Get('receivables/:id/blocks')
  @Requires('viewer')
  @ApiOperation({ summary: 'Blocks on a receivable, and on its debtor as a whole' })
  async ofReceivable(@Who() who: Identity, @Id() id: string): Promise<object> {
    return { items: await this.blocks.list(who.firmId, { receivableId: id }), nextCursor: null };
  }

  @Post('receivables/:id/blocks')
  @Requires('collector')
  @ApiOperation({ summary: 'Stop dunning of one receivable' })
  onReceivable(@Who() who: Identity, @Id() id: string, @Body() body: BlockBody): Promise<object> {
    return this.blocks.add(who, { receivableId: id }, body);
  }

  @Get('debtors/:id/blocks')
  @Requires('viewer')
  @ApiOperation({ summary: 'Blocks on a debtor and its receivables' })
  async ofDebtor(@Who() who: Identity, @Id() id: string): Promise<object> {
    return { items: await this.blocks.list(who.firmId, { debtorId: id }), nextCursor: null };
  }

  @Post('debtors/:id/blocks')
  @Requires('collector')
  @ApiOperation({ summary: 'Stop dunning of a debtor' })
  onDebtor(@Who() who: Identity, @Id() id: string, @Body() body: BlockBody): Promise<object> {
    return this.blocks.add(who, { debtorId: id }, body);
  }

  @Delete('blocks/:id')
  @HttpCode(204)
  @Requires('collector')
  @ApiOperation({ summary: 'End a block' })
  end(@Who() who: Identity, @Id() id: string): Promise<void> {
    return this.blocks.end(who, id);
  }
}
