/**
 * The Belgian enterprise number under which a book is known here: its code and the check digits, which are 97 minus
 * the first eight digits modulo 97.
 */
export function companyNumberOf(book: { readonly code: number }): string {
  const base = book.code % 10_000_000;
  return `0${String(base).padStart(7, '0')}${String(97 - (base % 97)).padStart(2, '0')}`;
}

/** Bare, whatever way it was written: "BE 0403.227.515" and "0403227515" are the same. */
export function normaliseCompanyNumber(text: string): string {
  return text.replace(/^\s*BE/i, '').replaceAll(/\D/g, '');
}
