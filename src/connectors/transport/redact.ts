const REDACTED = '[redacted]';

/** `name=value`, `"name":"value"` and `Bearer value`, whatever the value is. */
const NAMED =
  /((?:access_token|refresh_token|client_secret|client_assertion|code|password|assertion)["']?\s*[=:]\s*["']?)([^"'&\s,;}]+)/gi;
const BEARER = /(Bearer\s+)([\w.!~+/=-]{8,})/gi;

/** Takes the given secrets, and whatever is named like one, out of a text that goes into an error or a log. */
export function redact(text: string, secrets: readonly string[] = []): string {
  return withoutSecrets(text, secrets).replaceAll(NAMED, `$1${REDACTED}`).replaceAll(BEARER, `$1${REDACTED}`);
}

/** Takes only the given secrets out, raw or encoded for an address. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .reduce((left, secret) => left.replaceAll(secret, REDACTED).replaceAll(encodeURIComponent(secret), REDACTED), text);
}
