import {
  MESSAGE_LANGUAGES,
  TEMPLATE_KEYS,
  validateTemplate,
  type MessageTemplate,
} from '../../messaging/domain/index.js';
import { JsonFields, optional, readStrictly, type Issue } from '../domain/index.js';

const MOST_CHARACTERS = 20_000;

type TemplateText = Pick<MessageTemplate, 'key' | 'language' | 'subject' | 'body'>;

/**
 * Reads `{ items: [...] }` as an admin sends it; texts that are not named stay as they are.
 * @throws InvalidJson with every issue: an unknown key or language, one text twice, and all that validateTemplate finds
 */
export function readTemplates(body: unknown): readonly TemplateText[] {
  return readStrictly((issues) => {
    const fields = new JsonFields(body, '$', issues).allow(['items']);
    const before = issues.length;
    const templates = fields.list('items').map(readTemplate);
    if (issues.length === before) templates.forEach((each, index) => issues.push(...issuesOf(each, index, templates)));
    return templates;
  });
}

function readTemplate(fields: JsonFields): TemplateText {
  fields.allow(['key', 'language', 'version', 'subject', 'body', 'createdAt']);
  optional(fields, 'version', (key) => fields.integer(key, 0, 1e9));
  return {
    key: fields.choice('key', TEMPLATE_KEYS),
    language: fields.choice('language', MESSAGE_LANGUAGES),
    subject: readText(fields, 'subject'),
    body: readText(fields, 'body'),
  };
}

function readText(fields: JsonFields, key: string): string {
  const fits = (value: unknown): value is string =>
    typeof value === 'string' && value.trim() !== '' && value.length <= MOST_CHARACTERS;
  return fields.check(key, fits, `a text of 1 to ${MOST_CHARACTERS} characters`, '');
}

function issuesOf(template: TemplateText, index: number, all: readonly TemplateText[]): Issue[] {
  const path = `$.items[${index}]`;
  const twin = all.findIndex(({ key, language }) => key === template.key && language === template.language);
  if (twin < index) return [{ path, expected: `each text once; items[${twin}] has the same key and language` }];
  return validateTemplate(template).map(({ field, message }) => ({
    path: `${path}.${field}`,
    expected: `a template that renders; ${message}`,
  }));
}
