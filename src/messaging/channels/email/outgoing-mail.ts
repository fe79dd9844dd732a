/** What became of one attempt to hand a mail to the provider. */
export type SendOutcome =
  | { readonly outcome: 'accepted'; readonly response: string; readonly providerMessageId: string }
  | { readonly outcome: 'refused'; readonly permanent: boolean; readonly code: string; readonly text: string }
  /** The connection died after the message had been handed over: it may have been sent. Never repeat blindly. */
  | { readonly outcome: 'uncertain'; readonly text: string };

export interface MailAddress {
  readonly name?: string;
  readonly address: string;
}

export interface MailEnvelope {
  readonly from: MailAddress;
  readonly replyTo?: MailAddress;
  readonly to: MailAddress;
  /** Stable per message; becomes `Message-ID: <messageId@domain of from>` and `X-Openpost-Message`. */
  readonly messageId: string;
  readonly qrPng?: Buffer;
  readonly pdf?: { readonly fileName: string; readonly content: Buffer };
}
