import { type BackendModule, createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { bestLanguage, isLanguage, type Language } from './language.ts'
import { preference, rememberPreference } from './preference.ts'
import type { TextLoaders, TextTree } from './texts.ts'

const kitTexts: TextLoaders = { en: () => import('./en.ts'), de: () => import('./de.ts') }

/**
 * Texts of a console and of the kit, in the language chosen before, else in the browser's.
 * The console's own texts are the default namespace, the kit's are `kit`.
 */
export async function createTexts(consoleTexts: TextLoaders): Promise<i18n> {
  const texts = createInstance()
  const chosen = preference('language')
  const language = isLanguage(chosen) ? chosen : bestLanguage(navigator.languages)
  await texts
    .use(loading({ console: consoleTexts, kit: kitTexts }))
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: ['console', 'kit'],
      defaultNS: 'console',
      interpolation: { escapeValue: false },
    })
  document.documentElement.lang = language
  return texts
}

/** Switches the language of the page that is open, and remembers it. Nothing is reloaded, nothing typed is lost. */
export async function switchLanguage(texts: i18n, language: Language): Promise<void> {
  await texts.changeLanguage(language)
  rememberPreference('language', language)
  document.documentElement.lang = language
}

/** Loads a language's words when it is first wanted. */
function loading(namespaces: Readonly<Record<string, TextLoaders>>): BackendModule {
  const load = async (language: string, namespace: string): Promise<TextTree> => {
    const loaders = namespaces[namespace]
    return loaders && isLanguage(language) ? (await loaders[language]()).texts : {}
  }
  return {
    type: 'backend',
    init: () => undefined,
    read: (language, namespace, done) => {
      const give = async () => {
        try {
          done(null, await load(language, namespace))
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)), false)
        }
      }
      void give()
    },
  }
}
