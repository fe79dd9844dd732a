import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { Id, readPage, Requires, Who, type Identity, type ListPage } from '../../http/index.js';
import { TasksService } from './tasks.service.js';
import { WorklistService } from './worklist.service.js';

class TaskParams {
  @IsOptional() @IsIn(['open', 'done']) state?: string;
  @IsOptional() @IsString() limit?: string;
  @IsOptional() @IsString() cursor?: string;
}

class WorklistParams {
  @IsOptional() @IsString() limit?: string;
  @IsOptional() @IsString() cursor?: string;
}

class DoneBody {
  @IsOptional() @IsString() @MaxLength(2000) note?: string;
}

@ApiTags('casework')
@Controller()
export class TasksController {
  constructor(
    private readonly tasks: TasksService,
    private readonly worklist: WorklistService,
  ) {}

  @Get('administrations/:id/tasks')
  @Requires('viewer')
  @ApiOperation({ summary: 'What people have to do; open ones first' })
  list(@Who() who: Identity, @Id() id: string, @Query() query: TaskParams): Promise<ListPage<object>> {
    return this.tasks.list(who.firmId, id, {
      state: query.state ?? null,
      page: readPage(query, 'text', 'instant', 'uuid'),
    });
  }

  @Post('tasks/:id/done')
  @HttpCode(200)
  @Requires('collector')
  @ApiOperation({ summary: 'Mark a task done' })
  done(@Who() who: Identity, @Id() id: string, @Body() body: DoneBody): Promise<object> {
    return this.tasks.done(who, id, body?.note ?? null);
  }

  @Get('administrations/:id/worklist')
  @Requires('viewer')
  @ApiOperation({ summary: 'Whom to act on first, with why: largest and oldest first' })
  work(@Who() who: Identity, @Id() id: string, @Query() query: WorklistParams): Promise<ListPage<object>> {
    return this.worklist.list(who.firmId, id, readPage(query, 'whole-number', 'uuid', 'text'));
  }
}
