import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Id, readPage, Requires, Who, type Identity, type ListPage } from '../http/index.js';
import type { DebtorJson } from './debtor-json.js';
import { DebtorRepository } from './debtor.repository.js';
import { DebtorListParameters, PageParameters } from './ledger.dto.js';
import type { TimelineItem } from './timeline-item.js';
import { TimelineRepository } from './timeline.repository.js';

@ApiTags('debtors')
@Controller()
export class DebtorsController {
  constructor(
    private readonly debtors: DebtorRepository,
    private readonly timelines: TimelineRepository,
  ) {}

  @Get('administrations/:id/debtors')
  @Requires('viewer')
  @ApiOperation({ summary: 'Debtors with what they owe, how far they were reminded and their segment' })
  @ApiOkResponse({ description: '{items, nextCursor}' })
  list(@Who() who: Identity, @Id() id: string, @Query() query: DebtorListParameters): Promise<ListPage<DebtorJson>> {
    return this.debtors.list(who.firmId, id, { query, page: readPage(query) });
  }

  @Get('debtors/:id')
  @Requires('viewer')
  @ApiOperation({ summary: 'One debtor, with payment behaviour' })
  @ApiOkResponse({ description: 'the debtor' })
  get(@Who() who: Identity, @Id() id: string): Promise<DebtorJson> {
    return this.debtors.get(who.firmId, id);
  }

  @Get('debtors/:id/timeline')
  @Requires('viewer')
  @ApiOperation({ summary: 'All that happened to a debtor, newest first' })
  @ApiOkResponse({ description: '{items: [{at, kind, title, detail, link}], nextCursor}' })
  timeline(@Who() who: Identity, @Id() id: string, @Query() query: PageParameters): Promise<ListPage<TimelineItem>> {
    return this.timelines.list(who.firmId, id, readPage(query));
  }
}
