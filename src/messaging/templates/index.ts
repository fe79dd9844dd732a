import {
  MESSAGE_LANGUAGES,
  TEMPLATE_KEYS,
  type MessageLanguage,
  type MessageTemplate,
  type TemplateKey,
} from '../domain/index.js';
import { DUTCH } from './dutch.js';
import { ENGLISH } from './english.js';
import { FRENCH } from './french.js';
import type { TemplateText } from './template-text.js';

/** Raised whenever a default text changes: every message names the version it used. */
const DEFAULT_VERSION = 1;

const TEXTS: Readonly<Record<MessageLanguage, Readonly<Record<TemplateKey, TemplateText>>>> = {
  nl: DUTCH,
  en: ENGLISH,
  fr: FRENCH,
};

/** The text that Openpost brings along for a key and language. */
export function defaultTemplate(key: TemplateKey, language: MessageLanguage): MessageTemplate {
  return { key, language, version: DEFAULT_VERSION, ...TEXTS[language][key] };
}

/** All twelve: four keys in three languages. */
export function defaultTemplates(): readonly MessageTemplate[] {
  return MESSAGE_LANGUAGES.flatMap((language) => TEMPLATE_KEYS.map((key) => defaultTemplate(key, language)));
}
