import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { Id, Requires, Who, type Identity } from '../../http/index.js';
import { ChangeAdministrationDto, EnableAdministrationDto } from './administrations.dto.js';
import { AdministrationsService } from './administrations.service.js';

@Controller('administrations')
export class AdministrationsController {
  constructor(private readonly administrations: AdministrationsService) {}

  @Get()
  @Requires('viewer')
  async list(@Who() { firmId }: Identity): Promise<object> {
    return { items: await this.administrations.list(firmId), nextCursor: null };
  }

  @Post()
  @Requires('admin')
  async enable(@Who() { firmId, actor }: Identity, @Body() body: EnableAdministrationDto): Promise<object> {
    return this.administrations.enable({ firmId, connectionId: body.connectionId }, body.sourceId, actor);
  }

  @Get(':id')
  @Requires('viewer')
  async get(@Who() { firmId }: Identity, @Id() id: string): Promise<object> {
    return this.administrations.get(firmId, id);
  }

  @Patch(':id')
  @Requires('admin')
  async change(
    @Who() { firmId, actor }: Identity,
    @Id() id: string,
    @Body() body: ChangeAdministrationDto,
  ): Promise<object> {
    return this.administrations.change({ firmId, id, actor }, body);
  }
}
