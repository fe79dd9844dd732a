/** Text that is already safe to put in a document. */
export interface Html {
  readonly value: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Marks a string as safe; only for text made here, never for a value from outside. */
export function raw(value: string): Html {
  return { value };
}

/** A template tag that escapes every value except those made by `html` or `raw`. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const pieces = values.map(
    (value, index) => (typeof value === 'string' ? escapeHtml(value) : value.value) + (strings[index + 1] ?? ''),
  );
  return { value: (strings[0] ?? '') + pieces.join('') };
}
