import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Id, readPage, Requires, Who, type Identity, type ListPage } from '../http/index.js';
import { ReceivableListParameters } from './ledger.dto.js';
import type { ReceivableJson } from './receivable-json.js';
import { ReceivableRepository } from './receivable.repository.js';

@ApiTags('receivables')
@Controller()
export class ReceivablesController {
  constructor(private readonly receivables: ReceivableRepository) {}

  @Get('administrations/:id/receivables')
  @Requires('viewer')
  @ApiOperation({ summary: 'Receivables in order of due date' })
  @ApiOkResponse({ description: '{items, nextCursor}' })
  list(
    @Who() who: Identity,
    @Id() id: string,
    @Query() query: ReceivableListParameters,
  ): Promise<ListPage<ReceivableJson>> {
    return this.receivables.list(who.firmId, id, { query, page: readPage(query) });
  }

  @Get('receivables/:id')
  @Requires('viewer')
  @ApiOperation({ summary: 'One receivable' })
  @ApiOkResponse({ description: 'the receivable' })
  get(@Who() who: Identity, @Id() id: string): Promise<ReceivableJson> {
    return this.receivables.get(who.firmId, id);
  }
}
