import { Body, Controller, Get, Header, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { Id, conflict, readPage, Requires, Who, type Identity, type ListPage } from '../../http/index.js';
import { JobQueue } from '../../queue/index.js';
import { MessageFiles } from './message-files.service.js';
import { MessagesRepository } from './messages.repository.js';
import { OutboxRepository } from './outbox.repository.js';

const STATES = ['queued', 'sending', 'sent', 'bounced', 'failed', 'uncertain', 'cancelled'] as const;

class MessageQuery {
  @IsOptional() @IsIn(STATES) state?: string;
  @IsOptional() @IsUUID() debtor?: string;
  @IsOptional() @IsUUID() run?: string;
  @IsOptional() @IsString() limit?: string;
  @IsOptional() @IsString() cursor?: string;
}

class SettleBody {
  @IsIn(['sent', 'not-sent']) outcome!: 'sent' | 'not-sent';
  @IsString() @MinLength(1) @MaxLength(1000) note!: string;
}

@ApiTags('messages')
@Controller()
export class MessagesController {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly outbox: OutboxRepository,
    private readonly files: MessageFiles,
    private readonly queue: JobQueue,
  ) {}

  @Get('administrations/:id/messages')
  @Requires('viewer')
  @ApiOperation({ summary: 'Messages, newest first' })
  list(@Who() who: Identity, @Id() id: string, @Query() query: MessageQuery): Promise<ListPage<object>> {
    const filter = { state: query.state ?? null, debtorId: query.debtor ?? null, runId: query.run ?? null };
    return this.messages.list(who.firmId, { administrationId: id, filter, page: readPage(query, 'instant', 'uuid') });
  }

  @Get('messages/:id')
  @Requires('viewer')
  @ApiOperation({ summary: 'One message: recipient and why, rendered body, delivery state' })
  get(@Who() who: Identity, @Id() id: string): Promise<object> {
    return this.messages.get(who.firmId, id);
  }

  @Get('messages/:id/pdf')
  @Requires('viewer')
  @Header('content-type', 'application/pdf')
  @ApiOperation({ summary: 'The message as a letter' })
  async pdf(@Who() who: Identity, @Id() id: string): Promise<StreamableFile> {
    const { file, fileName } = await this.files.fileFor(who.firmId, id);
    return new StreamableFile(file, { disposition: `inline; filename="${fileName}"` });
  }

  @Post('messages/:id/settle')
  @HttpCode(200)
  @Requires('collector')
  @ApiOperation({ summary: 'Say what became of an uncertain message' })
  async settle(@Who() who: Identity, @Id() id: string, @Body() body: SettleBody): Promise<object> {
    const verdict = { sent: body.outcome === 'sent', actor: who.actor, note: body.note };
    const settled = await this.outbox.settleByPerson(who.firmId, id, verdict);
    const message = await this.messages.get(who.firmId, id);
    if (!settled) throw conflict('MESSAGE_NOT_UNCERTAIN', 'only an uncertain message can be settled');
    await this.queue.enqueue('push-writebacks', { firmId: who.firmId }, { key: who.firmId });
    return message;
  }
}
