/** The languages that both consoles speak in full. */
export const languages = ['en', 'de'] as const

export type Language = (typeof languages)[number]

/** Each language's name for itself: a menu of languages must be readable to those who speak only one of them. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' }

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value)
}

/** The first of the wanted languages that the consoles speak, else English. */
export function bestLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = tag.slice(0, 2).toLowerCase()
    if (isLanguage(language)) return language
  }
  return 'en'
}
