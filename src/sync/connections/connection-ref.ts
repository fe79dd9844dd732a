/** Names a connection; the firm comes along because every statement runs inside one. */
export interface ConnectionRef {
  readonly firmId: string;
  readonly connectionId: string;
}
