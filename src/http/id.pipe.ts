import { Param, type PipeTransform } from '@nestjs/common';
import { isUuid } from '../kernel/index.js';
import { invalid } from './problem.js';

class IdPipe implements PipeTransform<unknown, string> {
  constructor(private readonly name: string) {}

  transform(value: unknown): string {
    if (!isUuid(value)) throw invalid(this.name, 'a UUID');
    return value.toLowerCase();
  }
}

/** An identifier in the path: `@Id() id: string`. Anything but a UUID is a 400 that names the parameter. */
export const Id = (name = 'id'): ParameterDecorator => Param(name, new IdPipe(name));
