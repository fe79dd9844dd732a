import { Controller, Get, Query } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { Id, invalid, Requires, Who, type Identity } from '../../http/index.js';
import { FEED_START, parseCursor, type FeedCursor } from './feed-cursor.js';
import type { ChangesView } from './feed-view.js';
import { ChangeFeed } from './feed.service.js';

class ChangesQueryDto {
  @IsOptional()
  @IsString()
  after?: string;

  @IsOptional()
  @IsString()
  limit?: string;
}

/** The books' changes, for whoever keeps a copy of them elsewhere. */
@Controller('administrations/:id/changes')
export class ChangesController {
  constructor(private readonly feed: ChangeFeed) {}

  @Get()
  @Requires('viewer')
  async list(@Who() { firmId }: Identity, @Id() id: string, @Query() query: ChangesQueryDto): Promise<ChangesView> {
    return this.feed.read(firmId, id, { after: readAfter(query.after), limit: readLimit(query.limit) });
  }
}

function readAfter(text: string | undefined): FeedCursor | 'latest' {
  if (text === undefined || text === '') return FEED_START;
  if (text === 'latest') return text;
  const cursor = parseCursor(text);
  if (cursor === null) throw invalid('after', 'the `after` of an earlier answer, or latest');
  return cursor;
}

function readLimit(text: string | undefined): number {
  const limit = text === undefined ? 500 : Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 5_000) throw invalid('limit', 'a whole number from 1 to 5000');
  return limit;
}
