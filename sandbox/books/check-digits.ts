/** Numbers with check digits that real software tests, made (never taken) for the debtors and payments in the books. */

/** Belgian enterprise number, ten digits: the last two are 97 − (the first eight mod 97). */
export function belgianEnterpriseNumber(firstEight: number): string {
  const base = String(firstEight).padStart(8, '0');
  return base + String(97 - (firstEight % 97)).padStart(2, '0');
}

/**
 * Dutch RSIN, nine digits that pass the eleven-test (weights 9…2, last digit −1). A base whose check digit would be
 * ten has none, so the next base is taken.
 */
export function dutchRsin(base: number): string {
  for (let candidate = base; ; candidate += 1) {
    const digits = String(candidate).padStart(8, '0');
    const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (9 - index), 0);
    if (sum % 11 !== 10) return digits + String(sum % 11);
  }
}

/** Belgian structured communication `+++nnn/nnnn/nnnnn+++`: the last two are the first ten mod 97, 0 becoming 97. */
export function belgianReference(number: number): string {
  const base = String(number % 10_000_000_000).padStart(10, '0');
  const check = String(Number(base) % 97 || 97).padStart(2, '0');
  return `+++${base.slice(0, 3)}/${base.slice(3, 7)}/${base.slice(7)}${check}+++`;
}

/** ISO 11649 creditor reference of a number: `RF` + 98 − (number followed by "RF00" as digits) mod 97 + number. */
export function creditorReference(number: number): string {
  const check = 98n - (BigInt(`${number}271500`) % 97n);
  return `RF${String(check).padStart(2, '0')}${number}`;
}
