import { escapeHtml, notice, personPage } from '../../http/index.js';
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

function page(title: string, body: string): string {
  return personPage({ title, accent: '#1c4e80', body });
}
