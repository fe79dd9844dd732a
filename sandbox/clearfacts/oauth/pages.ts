/** The person's side of the flow: plain forms that work without script. */
export function loginPage(action: string, problem: string | null): string {
  return page(
    'Aanmelden bij ClearFacts (sandbox)',
    `${notice(problem)}
    <form method="post" action="${escapeHtml(action)}">
      <input type="hidden" name="step" value="login">
      <label>E-mailadres <input name="username" autocomplete="username" autofocus required></label>
      <label>Wachtwoord <input name="password" type="password" autocomplete="current-password" required></label>
      <button type="submit" name="action" value="login">Aanmelden</button>
    </form>`,
  );
}

export function consentPage(form: { action: string; userName: string; scopes: readonly string[] }): string {
  return page(
    'Toegang geven',
    `<p>Aangemeld als <strong>${escapeHtml(form.userName)}</strong>. De app vraagt toegang tot:</p>
    <ul>${form.scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
    <form method="post" action="${escapeHtml(form.action)}">
      <input type="hidden" name="step" value="consent">
      <button type="submit" name="action" value="allow">Toestaan</button>
      <button type="submit" name="action" value="deny" class="deny">Weigeren</button>
    </form>`,
  );
}

export function problemPage(text: string): string {
  return page('ClearFacts (sandbox)', notice(text));
}

function notice(text: string | null): string {
  return text === null ? '' : `<p role="alert">${escapeHtml(text)}</p>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:10vh auto;padding:0 1rem;color:#1c2430}
label{display:block;margin:.75rem 0}
input{display:block;width:100%;box-sizing:border-box;padding:.5rem;font:inherit}
button{padding:.6rem 1.2rem;font:inherit;margin:1rem .5rem 0 0;border:1px solid #23527c;background:#23527c;color:#fff;border-radius:4px}
.deny{background:#fff;color:#23527c} [role=alert]{color:#a12}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
