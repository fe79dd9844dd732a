/** "contains this text" for ILIKE, whatever signs the text holds; null when there is nothing to look for. */
export function toPattern(search: string | undefined): string | null {
  const text = search?.trim() ?? '';
  return text === '' ? null : `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
