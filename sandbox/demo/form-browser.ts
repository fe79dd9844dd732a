/** Just enough of a browser to walk through login and consent pages: cookies, redirects, plain forms. */
export class FormBrowser {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** Opens a page, following redirects; returns where it ended and what it says. */
  async open(url: string, init: RequestInit = {}): Promise<{ url: string; status: number; body: string }> {
    let at = url;
    let request = init;
    for (let hop = 0; hop < 10; hop += 1) {
      const answer = await fetch(at, {
        ...request,
        headers: { ...request.headers, cookie: this.cookieHeader(at) },
        redirect: 'manual',
      });
      this.keepCookies(at, answer);
      const location = answer.headers.get('location');
      if (location === null || answer.status < 300 || answer.status >= 400)
        return { url: at, status: answer.status, body: await answer.text() };
      at = new URL(location, at).toString();
      request = {};
    }
    throw new Error(`too many redirects from ${new URL(url).origin}`);
  }

  /** Fills the first form of a page by kind of field and presses its first submit button. */
  async submitFirstForm(
    page: { url: string; body: string },
    values: { user: string; password: string },
  ): Promise<{ url: string; status: number; body: string }> {
    const form = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(page.body);
    if (form === null) throw new Error(`no form on ${new URL(page.url).pathname}`);
    const fields = new URLSearchParams();
    for (const [input] of form[2]!.matchAll(/<input\b[^>]*>/gi)) addInput(fields, input, values);
    const button = /<button\b[^>]*>/i.exec(form[2]!)?.[0] ?? '';
    const name = attribute(button, 'name');
    if (name !== null) fields.append(name, attribute(button, 'value') ?? '');
    const action = new URL(unescape(attribute(form[1]!, 'action') ?? ''), page.url).toString();
    return this.open(action, {
      method: 'POST',
      body: fields,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  private cookieHeader(url: string): string {
    return [...(this.cookies.get(new URL(url).host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keepCookies(url: string, answer: Response): void {
    const jar = this.cookies.get(new URL(url).host) ?? new Map<string, string>();
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    this.cookies.set(new URL(url).host, jar);
  }
}

function addInput(fields: URLSearchParams, input: string, values: { user: string; password: string }): void {
  const name = attribute(input, 'name');
  if (name === null) return;
  const type = attribute(input, 'type') ?? 'text';
  if (type === 'password') fields.append(name, values.password);
  else if (/user|mail|login/i.test(name)) fields.append(name, values.user);
  else if (type !== 'checkbox' || /\schecked/i.test(input)) fields.append(name, attribute(input, 'value') ?? 'on');
}

function attribute(tag: string, name: string): string | null {
  const match = new RegExp(`\\s?${name}="([^"]*)"`, 'i').exec(tag);
  return match === null ? null : unescape(match[1]!);
}

function unescape(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
