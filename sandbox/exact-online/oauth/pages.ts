import type { DivisionHead } from '../store/index.js';

/** The person's side of the flow: plain forms that work without script. */
export function loginPage(action: string, problem: string | null): string {
  return page(
    'Inloggen bij Exact Online (sandbox)',
    `${notice(problem)}
    <form method="post" action="${escapeHtml(action)}">
      <input type="hidden" name="step" value="login">
      <label>Gebruikersnaam <input name="UserName" autocomplete="username" autofocus required></label>
      <label>Wachtwoord <input name="Password" type="password" autocomplete="current-password" required></label>
      <button type="submit" name="action" value="login">Inloggen</button>
    </form>`,
  );
}

export function consentPage(form: {
  action: string;
  userName: string;
  divisions: readonly DivisionHead[];
  problem: string | null;
}): string {
  const boxes = form.divisions.map(
    ({ code, name }) =>
      `<label><input type="checkbox" name="division" value="${code}" checked> ${code} · ${escapeHtml(name)}</label>`,
  );
  return page(
    'Toegang geven',
    `${notice(form.problem)}
    <p>Ingelogd als <strong>${escapeHtml(form.userName)}</strong>. De app vraagt toegang tot deze administraties:</p>
    <form method="post" action="${escapeHtml(form.action)}">
      <input type="hidden" name="step" value="consent">
      <fieldset><legend>Administraties</legend>${boxes.join('\n')}</fieldset>
      <button type="submit" name="action" value="allow">Toestaan (Allow)</button>
      <button type="submit" name="action" value="deny" class="deny">Weigeren (Deny)</button>
    </form>`,
  );
}

export function problemPage(text: string): string {
  return page('Exact Online (sandbox)', notice(text));
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
input:not([type=checkbox]){display:block;width:100%;box-sizing:border-box;padding:.5rem;font:inherit}
button{padding:.6rem 1.2rem;font:inherit;margin:1rem .5rem 0 0;border:1px solid #1c4e80;background:#1c4e80;color:#fff;border-radius:4px}
.deny{background:#fff;color:#1c4e80} fieldset{border:1px solid #c8d0da;border-radius:4px} [role=alert]{color:#a12}
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
