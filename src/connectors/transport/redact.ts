const REDACTED = '[redacted]';

/** `name=value`, `"name":"value"` and `Bearer value`, whatever the value is. */
const NAMED =
  /((?:access_token|refresh_token|client_secret|client_assertion|code|password|assertion)["']?\s*[=:]\s*["']?)([^"'&\s,;}]+)/gi;
const BEARER = /(Bearer\s+)([\w.!~+/=-]{8,})/gi;

/** Takes the given secrets, and whatever is named like one, out of a text that goes into an error or a log. */
export function redact(text: string, secrets: readonly string[] = []): string {
  return withoutSecrets(text, secrets).replaceAll(NAMED, `$1${REDACTED}`).replaceAll(BEARER, `$1${REDACTED}`);
}

/** Takes only the given secrets out: raw, or encoded for an address or a form. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [secret, encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString().slice(2)]);
  return forms.reduce((left, form) => left.replaceAll(form, REDACTED), text);
}
