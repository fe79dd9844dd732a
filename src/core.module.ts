import { Global, Module, type DynamicModule } from '@nestjs/common';
import { IdempotencyInterceptor } from './http/index.js';
import { CLOCK, type Clock } from './kernel/index.js';
import { SecretBox } from './persistence/index.js';
import { Settings } from './settings/index.js';

/** What every module may ask for: settings, the clock, the secret box. */
@Global()
@Module({})
export class CoreModule {
  static forRoot(settings: Settings, clock: Clock): DynamicModule {
    const providers = [
      { provide: Settings, useValue: settings },
      { provide: CLOCK, useValue: clock },
      { provide: SecretBox, useValue: new SecretBox(settings.secretKeys) },
      IdempotencyInterceptor,
    ];
    return { module: CoreModule, providers, exports: providers };
  }
}
