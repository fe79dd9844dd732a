import { Body, Controller, Get, Patch, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Id, Requires, Who, type Identity } from '../http/index.js';
import type { DebtorJson } from '../ledger/index.js';
import { DebtorChoicesService } from './debtor-choices.service.js';
import { validateSegmentRules } from './domain/index.js';
import { DebtorChoicesBody, SegmentRulesBody } from './segmentation.dto.js';
import { SegmentationService, type Segments } from './segmentation.service.js';

@ApiTags('segments')
@Controller()
export class SegmentationController {
  constructor(
    private readonly segmentation: SegmentationService,
    private readonly choices: DebtorChoicesService,
  ) {}

  @Get('administrations/:id/segments')
  @Requires('viewer')
  @ApiOperation({ summary: 'The segment rules in force and how many debtors each segment holds' })
  @ApiOkResponse({ description: '{version, rules, counts}' })
  get(@Who() who: Identity, @Id() id: string): Promise<Segments> {
    return this.segmentation.segments(who.firmId, id);
  }

  @Put('administrations/:id/segments')
  @Requires('admin')
  @ApiOperation({ summary: 'Put new segment rules in force and sort the debtors by them' })
  @ApiOkResponse({ description: '{version, rules, counts}' })
  put(@Who() who: Identity, @Id() id: string, @Body() body: SegmentRulesBody): Promise<Segments> {
    return this.segmentation.replaceRules(who, id, validateSegmentRules(body.rules, 'rules'));
  }

  // Here and not with the other routes of a debtor, because the segment that follows is part of the answer.
  @Patch('debtors/:id')
  @Requires('collector')
  @ApiOperation({ summary: 'Decide about a debtor: segment, kind, language, dunning contact, account manager' })
  @ApiOkResponse({ description: 'the debtor' })
  patch(@Who() who: Identity, @Id() id: string, @Body() body: DebtorChoicesBody): Promise<DebtorJson> {
    return this.choices.change(who, id, body);
  }
}
