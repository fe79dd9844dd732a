/** A page that a person sees on the way through a stand-in's login: plain HTML that works without script. */
export function personPage(look: { readonly title: string; readonly accent: string; readonly body: string }): string {
  const { title, accent, body } = look;
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:10vh auto;padding:0 1rem;color:#1c2430}
label{display:block;margin:.75rem 0}
input:not([type=checkbox]){display:block;width:100%;box-sizing:border-box;padding:.5rem;font:inherit}
button{padding:.6rem 1.2rem;font:inherit;margin:1rem .5rem 0 0;border:1px solid ${accent};background:${accent};color:#fff;border-radius:4px}
.deny{background:#fff;color:${accent}} fieldset{border:1px solid #c8d0da;border-radius:4px} [role=alert]{color:#a12}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
}

/** What went wrong, above the form; nothing when nothing did. */
export function notice(text: string | null): string {
  return text === null ? '' : `<p role="alert">${escapeHtml(text)}</p>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
