import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { PageLanguage } from '@driftlock/http'
import type { LookConfiguration } from '../configuration/configuration.ts'
import { WebAgentFileError } from '../sealing/read-keys.ts'
import { styleSheet } from './style.ts'
import { TEXTS_DE } from './texts-de.ts'
import { TEXTS_EN, type TextName, type Texts } from './texts-en.ts'

/** How the pages of a site look and what they say, read from its files once. */
export interface Look {
  readonly hosts: readonly string[] | undefined
  readonly texts: Readonly<Record<PageLanguage, Texts>>
  /** In the order of preference. */
  readonly languages: readonly PageLanguage[]
  readonly style: string
  readonly logo: { readonly type: string; readonly content: Buffer } | undefined
  /** Templates by file name without `.html`. */
  readonly templates: ReadonlyMap<string, string>
  readonly troubleshootingUrl: string | undefined
}

const LOGO_TYPES: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
}

/** @throws WebAgentFileError for a file that is missing, a text or template that has no place. */
export async function loadLook(given: LookConfiguration): Promise<Look> {
  const { hosts, name, logoFile, colours, languages, texts, templates, troubleshootingUrl } = given
  const own = name === undefined ? {} : { name }
  return {
    hosts: hosts?.map((host) => host.toLowerCase()),
    texts: {
      en: { ...TEXTS_EN, ...own, ...knownTexts(texts?.en) },
      de: { ...TEXTS_DE, ...own, ...knownTexts(texts?.de) },
    },
    languages: languages ?? ['en', 'de'],
    style: styleSheet(colours ?? {}),
    logo: logoFile === undefined ? undefined : await readLogo(logoFile),
    templates: templates === undefined ? new Map() : await readTemplates(templates),
    troubleshootingUrl,
  }
}

/** The first look made for the host, else the first for every host. */
export function lookFor(looks: readonly Look[], host: string): Look | undefined {
  const fits = (pattern: string): boolean =>
    pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === host
  return looks.find(({ hosts }) => hosts?.some(fits) === true) ?? looks.find(({ hosts }) => hosts === undefined)
}

/** Puts values in place of `{name}`. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

function knownTexts(given: Readonly<Record<string, string>> | undefined): Partial<Record<TextName, string>> {
  const unknown = Object.keys(given ?? {}).find((name) => !(name in TEXTS_EN))
  if (unknown !== undefined) throw new WebAgentFileError('looks.texts', unknown, 'is not the name of a text')
  return given ?? {}
}

async function readLogo(path: string) {
  const type = LOGO_TYPES[extname(path).toLowerCase()]
  const kinds = Object.keys(LOGO_TYPES).join(', ')
  if (type === undefined) throw new WebAgentFileError('looks.logoFile', path, `must be one of ${kinds}`)
  const content = await readFile(path).catch(() => {
    throw new WebAgentFileError('looks.logoFile', path, 'cannot be read')
  })
  return { type, content }
}

async function readTemplates(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder).catch(() => {
    throw new WebAgentFileError('looks.templates', folder, 'cannot be read')
  })
  const found = new Map<string, string>()
  for (const name of names.filter((one) => one.endsWith('.html'))) {
    const text = await readFile(join(folder, name), 'utf8')
    if (!text.includes('{{content}}')) {
      throw new WebAgentFileError('looks.templates', join(folder, name), 'has no {{content}} for the form to stand at')
    }
    found.set(name.slice(0, -'.html'.length), text)
  }
  return found
}
