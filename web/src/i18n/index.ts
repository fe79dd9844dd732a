import i18next, { changeLanguage, use } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { nl } from './nl';
import type { Texts } from './nl';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts };
  }
}

export const LANGUAGES = ['nl', 'en'] as const;
export type UiLanguage = (typeof LANGUAGES)[number];
const STORAGE_KEY = 'openpost-language';

function isLanguage(value: string | null | undefined): value is UiLanguage {
  return value === 'nl' || value === 'en';
}

/** What was chosen before, else the first language of the browser that we speak, else Dutch. */
function firstLanguage(): UiLanguage {
  const chosen = localStorage.getItem(STORAGE_KEY);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'nl';
}

export function chooseLanguage(language: UiLanguage): void {
  localStorage.setItem(STORAGE_KEY, language);
  void changeLanguage(language);
}

export function startTexts(): void {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  void use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'nl',
    resources: { nl: { translation: nl }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
