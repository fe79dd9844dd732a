import { escapeHtml, notice, personPage } from '../../http/index.js';

/** The person's side of the flow: plain forms that work without script. */
export function loginPage(action: string, problem: string | null): string {
  return page(
    'Inloggen bij Twinfield (sandbox)',
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
  organisation: string;
  scopes: readonly string[];
}): string {
  const scopes = form.scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`);
  return page(
    'Toegang geven',
    `<p>Ingelogd als <strong>${escapeHtml(form.userName)}</strong> van organisatie
    <strong>${escapeHtml(form.organisation)}</strong>. De app vraagt:</p>
    <form method="post" action="${escapeHtml(form.action)}">
      <input type="hidden" name="step" value="consent">
      <ul>${scopes.join('')}</ul>
      <button type="submit" name="action" value="allow">Toestaan (Allow)</button>
      <button type="submit" name="action" value="deny" class="deny">Weigeren (Deny)</button>
    </form>`,
  );
}

export function problemPage(text: string): string {
  return page('Twinfield (sandbox)', notice(text));
}

function page(title: string, body: string): string {
  return personPage({ title, accent: '#005b92', body });
}
