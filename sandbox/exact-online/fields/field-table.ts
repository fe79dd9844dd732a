/** The Edm types of the reference that occur here. `Collection` and `Complex` are navigation: deferred, never a value. */
export type EdmType =
  | 'Guid'
  | 'String'
  | 'DateTime'
  | 'Int64'
  | 'Int32'
  | 'Int16'
  | 'Byte'
  | 'Double'
  | 'Boolean'
  | 'Binary'
  | 'Collection'
  | 'Complex';

export interface Field {
  readonly type: EdmType;
  /** Accepted in a POST body; a known field that is not accepted is ignored, an unknown one is an error. */
  readonly post: boolean;
  readonly put: boolean;
}

export type FieldTable = Readonly<Record<string, Field>>;

/** Reads `Name:Type` words; a trailing `+` says POST, `~` says PUT. */
export function fieldTable(words: string): FieldTable {
  const table: Record<string, Field> = {};
  for (const word of words.split(/\s+/).filter((part) => part !== '')) {
    const match = /^(\w+):(\w+?)(\+?)(~?)$/.exec(word);
    if (match === null) throw new Error(`not a field: ${word}`);
    table[match[1]!] = { type: match[2] as EdmType, post: match[3] === '+', put: match[4] === '~' };
  }
  return table;
}
