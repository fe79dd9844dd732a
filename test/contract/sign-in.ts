interface Form {
  readonly action: string;
  readonly fields: URLSearchParams;
}

/** What a person at a browser does: opens the address, fills in the form, presses the first button, until sent back. */
export async function signIn(authorizeUrl: string, user: { userName: string; password: string }): Promise<URL> {
  const back = new URL(new URL(authorizeUrl).searchParams.get('redirect_uri')!);
  const cookies = new Map<string, string>();
  let [address, body]: [string, URLSearchParams | null] = [authorizeUrl, null];
  for (let steps = 0; steps < 10; steps += 1) {
    const response: Response = await fetch(address, {
      redirect: 'manual',
      method: body === null ? 'GET' : 'POST',
      body,
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]!.split('=');
      cookies.set(name, value);
    }
    const location: string | null = response.headers.get('location');
    if (location !== null) {
      const target: URL = new URL(location, address);
      if (target.origin === back.origin && target.pathname === back.pathname) return target;
      [address, body] = [target.href, null];
      continue;
    }
    const form = readForm(await response.text(), user);
    [address, body] = [new URL(form.action, address).href, form.fields];
  }
  throw new Error('the login never ended');
}

function readForm(html: string, user: { userName: string; password: string }): Form {
  const form = /<form[^>]*>[\s\S]*?<\/form>/i.exec(html)?.[0];
  if (form === undefined) throw new Error(`no form on the page: ${html.slice(0, 200)}`);
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input[^>]*>/gi)) {
    const name = attribute(tag, 'name');
    if (name === null || (attribute(tag, 'type') === 'checkbox' && !/\schecked/i.test(tag))) continue;
    fields.append(name, valueFor(tag, name, user));
  }
  const button = /<button[^>]*type="submit"[^>]*>/i.exec(form)?.[0] ?? '';
  const name = attribute(button, 'name');
  if (name !== null) fields.append(name, attribute(button, 'value') ?? '');
  return { action: attribute(form.slice(0, form.indexOf('>') + 1), 'action') ?? '', fields };
}

function valueFor(tag: string, name: string, user: { userName: string; password: string }): string {
  if (attribute(tag, 'type') === 'password') return user.password;
  return /user|mail|login/i.test(name) ? user.userName : (attribute(tag, 'value') ?? '');
}

function attribute(tag: string, name: string): string | null {
  return new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? null;
}
