import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import type { Request, Response } from 'express';
import { Id, Requires, Who, type Identity } from '../http/index.js';
import { toAgeingCsv, type AgeingReport } from './ageing-report.js';
import type { DsoReport } from './dso-report.js';
import { OverviewRepository, type Overview } from './overview.repository.js';
import { ReportsRepository } from './reports.repository.js';

class OverviewParameters {
  @ApiPropertyOptional({ description: 'only this administration' })
  @IsOptional()
  @IsUUID()
  administration?: string;
}

@ApiTags('insight')
@Controller()
export class InsightController {
  constructor(
    private readonly overviews: OverviewRepository,
    private readonly reports: ReportsRepository,
  ) {}

  @Get('overview')
  @Requires('viewer')
  @ApiOperation({ summary: 'Open, overdue, ageing, and what waits for a person' })
  @ApiOkResponse({ description: 'figures in the main currency; byCurrency has the others' })
  overview(@Who() who: Identity, @Query() query: OverviewParameters): Promise<Overview> {
    return this.overviews.read(who.firmId, query.administration ?? null);
  }

  @Get('administrations/:id/reports/ageing')
  @Requires('viewer')
  @ApiOperation({ summary: 'What is open per debtor, by days after the due date' })
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ description: '{asOf, basis, totals, rows}' })
  async ageing(
    @Who() who: Identity,
    @Id() id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgeingReport | string> {
    const report = await this.reports.ageing(who.firmId, id);
    response.vary('Accept');
    if (request.accepts(['json', 'csv']) !== 'csv') return report;
    response.type('text/csv; charset=utf-8').attachment(`ageing-${report.asOf}.csv`);
    return toAgeingCsv(report);
  }

  @Get('administrations/:id/reports/dso')
  @Requires('viewer')
  @ApiOperation({ summary: 'Days sales outstanding: over 365 and 90 days, and by counting back' })
  @ApiOkResponse({ description: '{asOf, rows: [{currency, receivables, periods, countback}]}' })
  dso(@Who() who: Identity, @Id() id: string): Promise<DsoReport> {
    return this.reports.dso(who.firmId, id);
  }
}
