export const LINES: readonly (readonly string[])[];
export function dependencyRules(): object[];
