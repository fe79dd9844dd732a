/** An object as JSON has it: names to anything. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** PURE. Whether a value from outside is one: neither null nor a list. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
