/** A webhook as it arrived: nothing of it is believed before `hear` has looked at it. */
export interface HintRequest {
  /** The bytes as they came: a signature is over bytes, not over what a parser makes of them. */
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Why a webhook is not taken. A closed set; each is counted. */
export type HintRefusal =
  | 'no-secret' // this installation has no secret to check it with
  | 'unsigned' // the signature is missing or is not ours
  | 'malformed' // signed, but not in the shape that the source documents
  | 'foreign-app'; // signed for another app

/**
 * What a webhook turns out to be. A hint names an administration in which something changed and carries nothing else:
 * it never brings data into the books, it only makes their next pull due.
 */
export type Heard =
  | {
      readonly outcome: 'hint';
      /** In the source's words. */
      readonly administration: string;
      readonly topic: string;
      /** The same for every delivery of one event: a repeated one is known by it. */
      readonly eventKey: Buffer;
    }
  /** The source asks whether anybody is there; yes is the whole answer. */
  | { readonly outcome: 'validation' }
  | { readonly outcome: 'refused'; readonly reason: HintRefusal };

export interface SubscribeRequest {
  readonly administration: string;
  /** Where hints of this administration go, and of no other. */
  readonly callbackUrl: string;
}

/** What is subscribed now. */
export interface Subscribed {
  readonly topics: readonly string[];
  /** Those of `topics` that were not there before. */
  readonly added: readonly string[];
}

/** How a source gives hints, for the object table and for whoever wonders why there are none. */
export interface HintProfile {
  readonly topics: readonly string[];
  /** Key in `ConnectorSettings.extra` of the secret that signs hints, and the variable that it comes from. */
  readonly secret: { readonly setting: string; readonly variable: string };
  /** What hints do not tell, in plain words: why pulls by schedule stay. */
  readonly completeness: string;
}
