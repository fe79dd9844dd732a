import { escapeHtml, notice, personPage } from '../../http/index.js';

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

function page(title: string, body: string): string {
  return personPage({ title, accent: '#23527c', body });
}
