import type { RadiusClientProfile } from '@driftlock/contracts'

type OwnTexts = Pick<RadiusClientProfile, 'prompts' | 'translations'>

/** Own texts of a client as lines to edit: `passcode=Code: `, `de:passcode=Kode: `; a line break is `\n`. */
export function ownTextLines({ prompts, translations }: OwnTexts): readonly string[] {
  const lines = (texts: OwnTexts['prompts'], prefix: string) =>
    Object.entries(texts).map(([key, text]) => `${prefix}${key}=${text.replaceAll('\n', '\\n')}`)
  return [
    ...lines(prompts, ''),
    ...Object.entries(translations).flatMap(([language, texts]) => lines(texts, `${language}:`)),
  ]
}

/** The inverse; `undefined` when a line has no name and text. Names are the server's to check. */
export function ownTextsOf(text: string): OwnTexts | undefined {
  const prompts: Record<string, string> = {}
  const translations: Record<string, Record<string, string>> = {}
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [, language, key, value] = /^(?:([a-z]{2,3}):)?([a-z-]+)=(.*)$/.exec(line) ?? []
    if (key === undefined || value === undefined) return undefined
    const own = value.replaceAll('\\n', '\n')
    if (language === undefined) prompts[key] = own
    else translations[language] = { ...translations[language], [key]: own }
  }
  return { prompts, translations }
}
