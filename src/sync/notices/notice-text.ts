import type { Notice } from './notice.repository.js';

export interface NoticeText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: 'nl' | 'en';
}

interface Facts {
  readonly name: string;
  readonly connection: string;
  readonly books: string;
  readonly since: string;
  readonly link: string;
}

interface Words {
  readonly subject: (facts: Facts) => string;
  readonly reminder: (facts: Facts) => string;
  readonly paragraphs: (facts: Facts) => readonly string[];
  readonly action: string;
  readonly last: string;
}

const DUTCH: Words = {
  subject: ({ connection }) => `Verbind ${connection} opnieuw`,
  reminder: ({ connection }) => `Nog niet hersteld: verbind ${connection} opnieuw`,
  paragraphs: ({ name, connection, books, since }) => [
    `Dag ${name},`,
    `Sinds ${since} laat het boekhoudpakket Openpost niet meer toe (${connection}). Dat gebeurt bijvoorbeeld als de toestemming is ingetrokken of verlopen.${books === '' ? '' : ` Het gaat om: ${books}.`}`,
    'Er is niets verloren. Tot opnieuw is verbonden, worden de boeken niet bijgewerkt en gaat er niets vanzelf uit. Schema’s, instellingen en gegevens blijven zoals ze zijn.',
  ],
  action: 'Verbind opnieuw; dat duurt een minuut:',
  last: 'Blijft het zo, dan krijgt u hierover na drie dagen nog één keer bericht.',
};

const ENGLISH: Words = {
  subject: ({ connection }) => `Please reconnect ${connection}`,
  reminder: ({ connection }) => `Still down: please reconnect ${connection}`,
  paragraphs: ({ name, connection, books, since }) => [
    `Hello ${name},`,
    `Since ${since} the accounting package no longer lets Openpost in (${connection}). That happens, for instance, when the consent was withdrawn or has expired.${books === '' ? '' : ` It concerns: ${books}.`}`,
    'Nothing is lost. Until it is reconnected, the books are not brought up to date and nothing goes out by itself. Schedules, settings and data stay as they are.',
  ],
  action: 'Reconnect; it takes a minute:',
  last: 'If it stays like this, you will hear about it once more, after three days.',
};

const NAMES_SHOWN = 5;

/** PURE. The mail to an admin: what happened, what is safe, what to do. Dutch where the books are, else English. */
export function noticeText(notice: Notice, publicUrl: string): NoticeText {
  const language = notice.language === null || notice.language.startsWith('nl') ? 'nl' : 'en';
  const words = language === 'nl' ? DUTCH : ENGLISH;
  const facts: Facts = {
    name: notice.recipientName,
    connection: notice.connectionName,
    books: named(notice.administrations),
    since: sayMoment(notice.brokenSince, language),
    link: `${publicUrl}/connections/${notice.connectionId}`,
  };
  const isFirst = notice.kind === 'first';
  const [greeting, ...told] = words.paragraphs(facts);
  const lines = [greeting!, ...told, `${words.action} ${facts.link}`, ...(isFirst ? [words.last] : []), `Openpost · ${notice.firmName}`]; // prettier-ignore
  const subject = (isFirst ? words.subject : words.reminder)(facts);
  return { subject, text: `${lines.join('\n\n')}\n`, html: toHtml(lines, { ...facts, subject, language }), language };
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return names.length > NAMES_SHOWN ? `${shown} (+${names.length - NAMES_SHOWN})` : shown;
}

function sayMoment(at: Date, language: 'nl' | 'en'): string {
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Amsterdam' } as const;
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', format).format(at);
}

function toHtml(
  lines: readonly string[],
  { link, subject, language }: { link: string; subject: string; language: string },
): string {
  const anchor = `<a href="${escape(link)}" style="color:#0f766e">${escape(link)}</a>`;
  const body = lines.map((line) => `<p>${escape(line).replace(escape(link), anchor)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head>
<body style="font:16px/1.5 -apple-system,'Segoe UI',Roboto,sans-serif;color:#1f2937;max-width:36rem;margin:24px auto;padding:0 16px">
${body}
</body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
