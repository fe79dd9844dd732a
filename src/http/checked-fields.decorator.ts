import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';

type Checked = abstract new (...parts: never[]) => object;

/** What we read of class-validator's own record of a decorated field. */
interface Rule {
  readonly propertyName: string;
  readonly type: string;
  readonly name?: string;
  readonly constraints?: readonly unknown[];
  readonly each?: boolean;
}

const DOCUMENTED = 'swagger/apiModelPropertiesArray';

/**
 * Describes every field that a request is checked on to the API's document, from the checks themselves, so that what
 * is said and what is checked cannot part ways. A field that already describes itself is left alone.
 */
export function documentCheckedFields(): void {
  const byClass = Reflect.get(getMetadataStorage(), 'validationMetadatas') as ReadonlyMap<Checked, Rule[]>;
  for (const [target, rules] of byClass)
    for (const field of new Set(rules.map(({ propertyName }) => propertyName)))
      describe(
        target,
        field,
        rules.filter(({ propertyName }) => propertyName === field),
      );
}

function describe(target: Checked, field: string, rules: readonly Rule[]): void {
  const described = (Reflect.getMetadata(DOCUMENTED, target.prototype as object) ?? []) as readonly string[];
  if (described.includes(`:${field}`)) return;
  const type: unknown = Reflect.getMetadata('design:type', target.prototype as object, field);
  ApiProperty(optionsOf(type, rules))(target.prototype as object, field);
}

function optionsOf(type: unknown, rules: readonly Rule[]): ApiPropertyOptions {
  const required = !rules.some((rule) => rule.type === 'conditionalValidation');
  const allowed = rules.find((rule) => rule.name === 'isIn')?.constraints?.[0];
  if (Array.isArray(allowed)) return { required, enum: allowed as string[] };
  if (type === Array) return { required, type: [rules.some(({ name }) => name === 'isString') ? String : Object] };
  const format = rules.some(({ name }) => name === 'isUuid') ? { format: 'uuid' } : {};
  return { required, type: isDescribable(type) ? type : Object, ...format };
}

function isDescribable(type: unknown): type is new () => object {
  return typeof type === 'function' && type !== Function;
}
