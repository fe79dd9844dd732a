/**
 * `public`: what ClearFacts publishes. `extended`: that, and the proposed contract for receivables, notes and dunning
 * status, of which every part is tried per administration and left out where ClearFacts does not have it.
 */
export type Profile = 'public' | 'extended';

/** `openid` is required; unknown scopes make the login refuse, hence a list per profile. */
export const SCOPES = {
  public: 'openid email profile read_administrations contact_read archive',
  extended: 'openid email profile read_administrations contact_read archive invoice_read note_write dunning_write',
} as const satisfies Record<Profile, string>;
