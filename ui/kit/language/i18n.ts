import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { bestLanguage, isLanguage, type Language } from './language.ts'
import { preference, rememberPreference } from './preference.ts'
import type { TextLoaders } from './texts.ts'

const kitTexts: TextLoaders = { en: () => import('./en.ts'), de: () => import('./de.ts') }

/**
 * Texts of a console and of the kit, in the language chosen before, else in the browser's.
 * The console's own texts are the default namespace, the kit's are `kit`.
 */
export async function createTexts(consoleTexts: TextLoaders): Promise<i18n> {
  const texts = createInstance()
  const chosen = preference('language')
  const language = isLanguage(chosen) ? chosen : bestLanguage(navigator.languages)
  await texts.use(initReactI18next).init({
    lng: language,
    resources: { [language]: await loadTexts(consoleTexts, language) },
    ns: ['console', 'kit'],
    defaultNS: 'console',
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  loadersOf.set(texts, consoleTexts)
  document.documentElement.lang = language
  return texts
}

const loadersOf = new WeakMap<i18n, TextLoaders>()

/** Switches the language of the page that is open, and remembers it. Nothing is reloaded, nothing typed is lost. */
export async function switchLanguage(texts: i18n, language: Language): Promise<void> {
  const loaders = loadersOf.get(texts)
  if (loaders && !texts.hasResourceBundle(language, 'console')) {
    const bundles = await loadTexts(loaders, language)
    texts.addResourceBundle(language, 'console', bundles.console)
    texts.addResourceBundle(language, 'kit', bundles.kit)
  }
  await texts.changeLanguage(language)
  rememberPreference('language', language)
  document.documentElement.lang = language
}

async function loadTexts(consoleTexts: TextLoaders, language: Language) {
  const [own, kit] = await Promise.all([consoleTexts[language](), kitTexts[language]()])
  return { console: own.texts, kit: kit.texts }
}
