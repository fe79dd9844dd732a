export interface Money {
  amount: string;
  currency: string;
}

export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

export type Facts = Record<string, unknown>;
