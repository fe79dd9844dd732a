/** What a signed-in person or key may do. `viewer` reads, `collector` works the list, `admin` also configures. */
export type Role = 'viewer' | 'collector' | 'admin';

/** Who is asking, put on the request by the auth guard. `actor` is what audit entries say. */
export interface Identity {
  readonly firmId: string;
  readonly role: Role;
  readonly userId: string | null;
  readonly actor: string;
}

const RANK: Readonly<Record<Role, number>> = { viewer: 0, collector: 1, admin: 2 };

export function roleSuffices(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed];
}
