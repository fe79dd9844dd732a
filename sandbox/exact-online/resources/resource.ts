import type { Field, FieldTable } from '../fields/index.js';
import type { SandboxUser, Site } from '../options.js';
import type { DivisionStore, Row } from '../store/index.js';
import type { Raw } from '../wire/values.js';

/** Where a call happens: which books, whose eyes, which address. */
export interface Context {
  readonly site: Site;
  readonly division: DivisionStore;
  /** The divisions of the consent. */
  readonly reachable: readonly DivisionStore[];
  readonly user: SandboxUser;
  readonly userId: string;
  readonly origin: string;
  /** Real milliseconds on the sandbox clock. */
  readonly now: number;
}

export type Read<R> = (row: Row<R>, context: Context) => Raw;
export type Values = Readonly<Record<string, Raw>>;

/** How one endpoint of the reference behaves: data, read by the one engine in `api/`. */
export interface ResourceSpec<R> {
  /** As in the reference, after the division: `sync/Cashflow/PaymentTerms`. */
  readonly path: string;
  /** `__metadata.type`. Only a few are known from recordings; the others follow the same pattern. */
  readonly typeName: string;
  readonly fields: FieldTable;
  readonly key: string;
  readonly pageSize: number;
  /** App scope, checked as `read` for GET and `manage` for the rest. */
  readonly scope: string | null;
  /** Living rows by rising key (dead rows are skipped). */
  rows(context: Context): readonly Row<R>[];
  /** One field's value; a field that is missing here is null on the wire. */
  readonly values: Readonly<Record<string, Read<R>>>;
  find?(context: Context, key: Raw): Row<R> | undefined;
  /** `any`; or only these fields; or at least one of these fields must be filtered on. */
  readonly filter?: { readonly only: readonly string[] } | { readonly atLeastOne: readonly string[] };
  readonly selectRequired?: boolean;
  /** `$select=*` is refused. */
  readonly noStar?: boolean;
  readonly noSkip?: boolean;
  readonly orderBy?: readonly string[];
  /** Always answer a `results` array, whatever `$top` says. */
  readonly alwaysResults?: boolean;
  post?(values: Values, context: Context): Row<R>;
  put?(row: Row<R>, values: Values, context: Context): void;
  remove?(row: Row<R>, context: Context): void;
}

/** A resource whose record type is its own business. */
export type Resource = ResourceSpec<unknown>;

export function defineResource<R>(spec: ResourceSpec<R>): Resource {
  return spec as unknown as Resource;
}

/** Reads one field of a row. */
export function valueOf(resource: Resource, name: string): Read<unknown> {
  return resource.values[name] ?? NOTHING;
}

const NOTHING: Read<unknown> = () => null;

export function fieldOf(resource: Resource, name: string): Field {
  return resource.fields[name]!;
}
