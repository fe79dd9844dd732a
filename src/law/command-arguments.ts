import { InputError } from '../kernel/index.js';

/** Options a command knows: `value` wants an argument, `flag` does not. */
export type OptionShape = Readonly<Record<string, 'value' | 'flag'>>;

export type ParsedOptions = ReadonlyMap<string, string>;

/**
 * Reads `--name value`, `--name=value` and `--flag`. Nothing is ignored: an unknown or repeated option, or a missing
 * value, is an {@link InputError} whose path is the option.
 */
export function parseOptions(args: readonly string[], shape: OptionShape): ParsedOptions {
  const options = new Map<string, string>();
  for (let index = 0; index < args.length; index += 1) {
    const [name, inline] = splitOption(args[index] ?? '');
    const kind = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (kind === undefined) throw new InputError(name, `one of ${Object.keys(shape).join(', ')}`);
    if (options.has(name)) throw new InputError(name, 'to be given once');
    if (kind === 'flag') {
      if (inline !== undefined) throw new InputError(name, 'no value');
      options.set(name, 'true');
      continue;
    }
    const value = inline ?? args[(index += 1)];
    if (value === undefined || value.startsWith('--')) throw new InputError(name, 'a value');
    options.set(name, value);
  }
  return options;
}

export function requireOption(options: ParsedOptions, name: string): string {
  const value = options.get(name);
  if (value === undefined) throw new InputError(name, 'to be given');
  return value;
}

/** The value of an option that must be one of a closed set. */
export function requireOneOf<Choice extends string>(
  options: ParsedOptions,
  name: string,
  choices: readonly Choice[],
): Choice {
  const value = requireOption(options, name);
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new InputError(name, `one of ${choices.join(', ')}, got ${JSON.stringify(value)}`);
  return found;
}

function splitOption(argument: string): readonly [name: string, inline: string | undefined] {
  const equals = argument.indexOf('=');
  return argument.startsWith('--') && equals > 0
    ? [argument.slice(0, equals), argument.slice(equals + 1)]
    : [argument, undefined];
}
