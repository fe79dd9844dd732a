import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Id, Problem, Requires, Who, type Identity } from '../../http/index.js';
import type { MessageTemplate } from '../../messaging/domain/index.js';
import { InvalidJson } from '../domain/index.js';
import type { StoredScenario } from './scenario-definition.js';
import { ScenariosService } from './scenarios.service.js';

@ApiTags('dunning')
@Controller('administrations/:id')
export class ScenariosController {
  constructor(private readonly service: ScenariosService) {}

  @Get('scenarios')
  @Requires('viewer')
  @ApiOperation({ summary: 'The scenarios in use, each with its version' })
  async scenarios(@Who() who: Identity, @Id() id: string): Promise<object> {
    return { items: (await this.service.scenariosOf(who.firmId, id)).map(toJson) };
  }

  @Put('scenarios')
  @Requires('admin')
  @ApiOperation({ summary: 'Replace the scenarios; what changes gets a new version' })
  async saveScenarios(@Who() who: Identity, @Id() id: string, @Body() body: object): Promise<object> {
    return withIssues(async () => ({ items: (await this.service.saveScenarios(who, id, body)).map(toJson) }));
  }

  @Get('templates')
  @Requires('viewer')
  @ApiOperation({ summary: 'The texts in use, per key and language' })
  async templates(@Who() who: Identity, @Id() id: string): Promise<{ items: readonly MessageTemplate[] }> {
    return { items: await this.service.templatesOf(who.firmId, id) };
  }

  @Put('templates')
  @Requires('admin')
  @ApiOperation({ summary: 'Change texts; what changes gets a new version' })
  async saveTemplates(
    @Who() who: Identity,
    @Id() id: string,
    @Body() body: object,
  ): Promise<{ items: readonly MessageTemplate[] }> {
    return withIssues(async () => ({ items: await this.service.saveTemplates(who, id, body) }));
  }
}

function toJson({ definition, version, createdAt }: StoredScenario): object {
  return { id: definition.id, name: definition.name, version, definition, createdAt: createdAt.toISOString() };
}

/** A document can be wrong in several places at once: the answer names them all. */
async function withIssues<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InvalidJson) throw new Problem(400, error.code, error.message, error.issues);
    throw error;
  }
}
