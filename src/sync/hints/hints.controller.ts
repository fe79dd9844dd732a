import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Id, Public, Requires, Who, type Identity } from '../../http/index.js';
import { HintIntake } from './hint-intake.service.js';
import { HintsService } from './hints.service.js';

/** From the sources. The body is read as bytes (see app.setup), because a signature is over bytes. */
@Controller('webhooks')
export class WebhooksController {
  constructor(private readonly intake: HintIntake) {}

  @Post(':connector/:token')
  @Public()
  @HttpCode(200)
  async take(
    @Param('connector') connector: string,
    @Param('token') token: string,
    @Req() request: Request,
  ): Promise<object> {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const body: unknown = request.body;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    return { outcome: await this.intake.take({ connector, token }, { body: bytes, headers }) };
  }
}

@Controller('administrations/:id')
export class HintsController {
  constructor(private readonly hints: HintsService) {}

  @Get('hints')
  @Requires('viewer')
  async get(@Who() { firmId }: Identity, @Id() administrationId: string): Promise<object> {
    return this.hints.get({ firmId, administrationId });
  }

  @Post('hints')
  @Requires('admin')
  @HttpCode(202)
  async lookAgain(@Who() { firmId }: Identity, @Id() administrationId: string): Promise<object> {
    return this.hints.lookAgain({ firmId, administrationId });
  }
}
