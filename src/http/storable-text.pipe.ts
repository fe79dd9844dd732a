import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { invalid } from './problem.js';

/**
 * Postgres text and JSON cannot hold the zero character, and no person types one: a value that has it is refused at
 * the border with its path, wherever in a body or an address it stands.
 */
@Injectable()
export class StorableTextPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { type, data }: ArgumentMetadata): unknown {
    if (type !== 'custom') refuseZeros(value, data ?? '');
    return value;
  }
}

function refuseZeros(value: unknown, path: string): void {
  if (typeof value === 'string' && value.includes('\0')) throw invalid(path, 'text without the zero character');
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    const inside = path === '' ? name : `${path}.${name}`;
    if (name.includes('\0')) throw invalid(path, 'names without the zero character');
    refuseZeros(part, inside);
  }
}
