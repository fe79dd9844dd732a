import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';
import { Id, Requires, Who, type Identity } from '../../http/index.js';
import { ScheduleService } from './schedule.service.js';

class PutScheduleDto {
  @IsString()
  @MaxLength(200)
  cron!: string;

  @IsString()
  @MaxLength(100)
  timeZone!: string;

  @IsBoolean()
  enabled!: boolean;
}

class ScheduleDraftDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cron?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  timeZone?: string;
}

@Controller('administrations/:id/schedule')
export class ScheduleController {
  constructor(private readonly schedules: ScheduleService) {}

  @Get()
  @Requires('viewer')
  async get(@Who() { firmId }: Identity, @Id() id: string, @Query() draft: ScheduleDraftDto): Promise<object> {
    return this.schedules.get(firmId, id, draft);
  }

  @Put()
  @Requires('admin')
  async put(
    @Who() { firmId, actor }: Identity,
    @Id() administrationId: string,
    @Body() body: PutScheduleDto,
  ): Promise<object> {
    return this.schedules.put({ firmId, administrationId, actor }, body);
  }
}
