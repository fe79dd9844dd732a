import {
  formatDecimal,
  formatMinor,
  InputError,
  parseBusinessDate,
  parseMoney,
  type BusinessDate,
  type Money,
} from '../kernel/index.js';
import { computeCollectionCosts } from './collection-costs.js';
import {
  parseOptions,
  requireOneOf,
  requireOption,
  type OptionShape,
  type ParsedOptions,
} from './command-arguments.js';
import { computeInterest } from './interest.js';
import { computeTerm, TERM_CHANNELS } from './terms.js';
import { DEBTOR_KINDS, LAW_COUNTRIES } from './types.js';

/** Where a command writes; `process` fits. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

interface Calculation {
  readonly usage: string;
  readonly options: OptionShape;
  readonly run: (options: ParsedOptions) => object;
}

const CALCULATIONS: Readonly<Record<string, Calculation>> = {
  costs: {
    usage: '--country NL|BE --kind consumer|business --principal AMOUNT [--vat-not-deductible] [--on DATE]',
    options: {
      '--country': 'value',
      '--kind': 'value',
      '--principal': 'value',
      '--vat-not-deductible': 'flag',
      '--on': 'value',
    },
    run: runCosts,
  },
  interest: {
    usage: '--country NL|BE --kind consumer|business --principal AMOUNT --due DATE --paid DATE',
    options: { '--country': 'value', '--kind': 'value', '--principal': 'value', '--due': 'value', '--paid': 'value' },
    run: runInterest,
  },
  term: {
    usage: '--country NL|BE --channel post|email --sent DATE',
    options: { '--country': 'value', '--channel': 'value', '--sent': 'value' },
    run: runTerm,
  },
};

/**
 * `openpost law costs|interest|term …`: `argv` is what follows `law`. Prints one JSON document on stdout and returns 0;
 * on bad input, or a rate no table has, prints the argument and what was expected on stderr and returns 2.
 */
export function runLawCommand(argv: readonly string[], io: CommandIo): 0 | 2 {
  const [name = '', ...args] = argv;
  const calculation = Object.hasOwn(CALCULATIONS, name) ? CALCULATIONS[name] : undefined;
  if (calculation === undefined) {
    io.stderr.write(
      `law: expected one of ${Object.keys(CALCULATIONS).join(', ')}, got ${JSON.stringify(name)}\n${usage()}`,
    );
    return 2;
  }
  try {
    const answer = calculation.run(parseOptions(args, calculation.options));
    io.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    io.stderr.write(`${error.path.replace(/^\$\./, '--')}: expected ${error.expected}\n`);
    return 2;
  }
}

function runCosts(options: ParsedOptions): object {
  const on = options.get('--on');
  const result = computeCollectionCosts({
    country: requireOneOf(options, '--country', LAW_COUNTRIES),
    kind: requireOneOf(options, '--kind', DEBTOR_KINDS),
    principal: amountOf(options, '--principal'),
    vatNotDeductible: options.has('--vat-not-deductible'),
    ...(on === undefined ? {} : { on: parseBusinessDate(on, '--on') }),
  });
  return {
    costs: formatDecimal(result.costs),
    vat: formatDecimal(result.vat),
    total: formatDecimal(result.total),
    currency: 'EUR',
    source: result.source,
    rows: result.rows.map((row) => printable(row)),
  };
}

function runInterest(options: ParsedOptions): object {
  const result = computeInterest({
    country: requireOneOf(options, '--country', LAW_COUNTRIES),
    kind: requireOneOf(options, '--kind', DEBTOR_KINDS),
    principal: amountOf(options, '--principal'),
    due: dateOf(options, '--due'),
    paid: dateOf(options, '--paid'),
  });
  return {
    total: formatDecimal(result.total),
    currency: 'EUR',
    segments: result.segments.map((segment) => ({ ...segment, interest: formatDecimal(segment.interest) })),
    source: result.source,
    rows: result.rows.map(({ basisPoints, ...row }) => ({ ...row, rate: (basisPoints / 100).toFixed(2) })),
  };
}

function runTerm(options: ParsedOptions): object {
  return computeTerm({
    country: requireOneOf(options, '--country', LAW_COUNTRIES),
    channel: requireOneOf(options, '--channel', TERM_CHANNELS),
    sent: dateOf(options, '--sent'),
  });
}

function amountOf(options: ParsedOptions, name: string): Money {
  const value = parseMoney(requireOption(options, name), 'EUR', name);
  if (value.minor < 0n) throw new InputError(name, 'an amount of zero or more');
  return value;
}

function dateOf(options: ParsedOptions, name: string): BusinessDate {
  return parseBusinessDate(requireOption(options, name), name);
}

/** Table rows count in cents (bigint) and per mille; outside, amounts are decimal strings and rates percents. */
function printable(value: unknown, key = ''): unknown {
  if (typeof value === 'bigint')
    return key === 'perMille' || key === 'vatPercent' ? value.toString() : formatMinor(value, 'EUR');
  if (Array.isArray(value)) return value.map((each) => printable(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, printable(each, name)]));
}

function usage(): string {
  return Object.entries(CALCULATIONS)
    .map(([name, { usage: options }]) => `  openpost law ${name} ${options}\n`)
    .join('');
}
