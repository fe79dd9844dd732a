import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { parseBusinessDate } from '../../kernel/index.js';
import { Id, readPage, Requires, Who, type Identity, type ListPage } from '../../http/index.js';
import { RunPreviews, type RenderedPreview } from './run-previews.service.js';
import { RunViews, toRunJson } from './run-views.service.js';
import { RunsService } from './runs.service.js';

class PageParams {
  @IsOptional() @IsString() limit?: string;
  @IsOptional() @IsString() cursor?: string;
}

class LineParams extends PageParams {
  @IsOptional() @IsIn(['take', 'wait', 'finish']) decision?: string;
  @IsOptional() @IsString() @MaxLength(60) reason?: string;
  @IsOptional() @IsUUID() debtor?: string;
}

class NewRunBody {
  @IsOptional() @IsString() asOf?: string;
  @IsOptional() @IsBoolean() dryRun?: boolean;
}

class ApproveBody {
  @IsOptional() @IsString() planHash?: string;
}

class HoldBody {
  @IsBoolean() held!: boolean;
}

@ApiTags('dunning')
@Controller()
export class RunsController {
  constructor(
    private readonly runs: RunsService,
    private readonly views: RunViews,
    private readonly previews: RunPreviews,
  ) {}

  @Get('administrations/:id/dunning-runs')
  @Requires('viewer')
  @ApiOperation({ summary: 'Runs, newest first' })
  list(@Who() who: Identity, @Id() id: string, @Query() query: PageParams): Promise<ListPage<object>> {
    return this.views.list(who.firmId, id, readPage(query, 'instant', 'uuid'));
  }

  @Post('administrations/:id/dunning-runs')
  @HttpCode(202)
  @Requires('collector')
  @ApiOperation({ summary: 'Plan a run; dryRun only looks' })
  async create(
    @Who() who: Identity,
    @Id() id: string,
    @Body() body: NewRunBody,
  ): Promise<{ id: string; status: string }> {
    const asOf = body.asOf === undefined ? undefined : parseBusinessDate(body.asOf, 'asOf');
    const run = await this.runs.create(who, id, { asOf, dryRun: body.dryRun });
    return { id: run.id, status: run.state };
  }

  @Get('dunning-runs/:id')
  @Requires('viewer')
  @ApiOperation({ summary: 'One run' })
  get(@Who() who: Identity, @Id() id: string): Promise<object> {
    return this.views.get(who.firmId, id);
  }

  @Get('dunning-runs/:id/lines')
  @Requires('viewer')
  @ApiOperation({ summary: 'Every receivable of the run: decision, reason and facts' })
  lines(@Who() who: Identity, @Id() id: string, @Query() query: LineParams): Promise<ListPage<object>> {
    const filter = {
      decision: query.decision ?? null,
      reason: query.reason ?? null,
      debtorId: query.debtor ?? null,
    };
    return this.views.linesOf(who.firmId, id, { filter, page: readPage(query, 'whole-number', 'uuid') });
  }

  @Patch('dunning-runs/:id/lines/:receivableId')
  @Requires('collector')
  @ApiOperation({ summary: 'Hold one step of the run back, or put it back' })
  async hold(
    @Who() who: Identity,
    @Id() runId: string,
    @Id('receivableId') receivableId: string,
    @Body() body: HoldBody,
  ): Promise<object> {
    return toRunJson(await this.runs.holdLine(who, { runId, receivableId }, body.held));
  }

  @Get('dunning-runs/:id/messages')
  @Requires('viewer')
  @ApiOperation({ summary: 'The messages the run would send: recipient, language and text, each with its reason' })
  messages(@Who() who: Identity, @Id() id: string, @Query() query: PageParams): Promise<ListPage<object>> {
    return this.previews.messages(who.firmId, id, readPage(query, 'text'));
  }

  @Get('dunning-runs/:id/preview/:debtorId')
  @Requires('viewer')
  @ApiOperation({ summary: 'What the debtor would read' })
  preview(@Who() who: Identity, @Id() id: string, @Id('debtorId') debtorId: string): Promise<RenderedPreview> {
    return this.previews.render(who.firmId, id, debtorId);
  }

  @Post('dunning-runs/:id/approve')
  @HttpCode(200)
  @Requires('collector')
  @ApiOperation({ summary: 'Approve exactly this plan; it goes on to apply by itself' })
  async approve(@Who() who: Identity, @Id() id: string, @Body() body: ApproveBody): Promise<object> {
    return toRunJson(await this.runs.approve(who, id, body?.planHash));
  }

  @Post('dunning-runs/:id/apply')
  @HttpCode(202)
  @Requires('collector')
  @ApiOperation({ summary: 'Go on with an approved run that was held' })
  async apply(@Who() who: Identity, @Id() id: string): Promise<{ id: string; status: string }> {
    const run = await this.runs.applyAgain(who, id);
    return { id: run.id, status: run.state };
  }
}
