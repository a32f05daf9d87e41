import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ACT_REASONS } from '@driftlock/application'
import { AUDIT_ACTIONS, PERMISSIONS, PIN_FAULTS, REASONS, SETTINGS } from '@driftlock/domain'
import { describe, expect, it } from 'vitest'
import { slug } from '../../ui/security-console/worded/slug.ts'
import { wordsOf } from './browser/console-words.ts'

const ui = fileURLToPath(new URL('../../ui/', import.meta.url))

/** The kit shows a problem in the console's own words for its code, where it has some. */
const namedByTheKit = ['problems.${code}']

/** Every key that the sources of a folder name, as patterns: a `${…}` in a key stands for any part of it. */
function usedPatterns(folder: string): readonly RegExp[] {
  return patternsIn(codeOf(folder))
}

/** A folder's sources without comments, tests and the texts themselves. */
function codeOf(folder: string): string {
  const sources = globSync('**/*.{ts,tsx}', {
    cwd: join(ui, folder),
    exclude: ['dist/**', '**/*.test.*', 'language/??.ts'],
  })
  const code = sources.map((path) => readFileSync(join(ui, folder, path), 'utf8')).join('\n')
  return code.replaceAll(/^\s*(?:\/?\*|\/\/).*$/gm, '')
}

function patternsIn(code: string): readonly RegExp[] {
  const literals = [
    ...code.matchAll(/(['`])((?:kit:)?[a-z][\w-]*(?:\.(?:[\w-]|\$\{[^}]*\})+)+)\1/g),
    ...code.matchAll(/\bt\((['`])(\w+)\1/g),
  ]
  return [...new Set([...literals.map((match) => match[2] ?? ''), ...namedByTheKit])].map((key) => {
    const escaped = key.replace(/^kit:/, '').replaceAll('.', String.raw`\.`)
    return new RegExp(`^${escaped.replaceAll(/\$\{[^}]*\}/g, '.+')}$`)
  })
}

const otherConsoles = ['self-service-console', 'security-console']

const withoutPlural = (key: string) => key.replace(/_(?:one|other)$/, '')

describe.each(['kit', 'self-service-console'])('the texts of %s', (folder) => {
  it('have the same keys in English and German, and the same places for facts', async () => {
    const [english, german] = [await wordsOf(folder, 'en'), await wordsOf(folder, 'de')]
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, text] of english) {
      expect({ key, facts: factsIn(german.get(key) ?? '') }).toEqual({ key, facts: factsIn(text) })
    }
  })

  it('are all used, and every text that is used exists', async () => {
    const keys = [...new Set([...(await wordsOf(folder, 'en')).keys()].map(withoutPlural))]
    const patterns = usedPatterns(folder)
    // The kit's words are used by every console.
    const everywhere = folder === 'kit' ? [...patterns, ...otherConsoles.flatMap(usedPatterns)] : patterns
    expect(keys.filter((key) => !everywhere.some((pattern) => pattern.test(key)))).toEqual([])
    const named = patterns.filter((pattern) => keys.some((key) => key.split('.')[0] === firstPart(pattern)))
    expect(named.filter((pattern) => !keys.some((key) => pattern.test(key))).map(String)).toEqual([])
  })
})

function factsIn(text: string): readonly string[] {
  return [...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1] ?? '').sort()
}

function firstPart(pattern: RegExp): string {
  return pattern.source.slice(1).split(String.raw`\.`)[0] ?? ''
}

describe('what the server says in English', () => {
  const keysOf = (before: string, codes: readonly string[]) => codes.map((code) => `${before}${code}`)

  it('has German words in the Security Console: reasons, actions, permissions, settings, refusals of PINs', async () => {
    const german = await wordsOf('security-console', 'de')
    const wanted = [
      ...keysOf('words.', [...Object.keys(REASONS), ...Object.keys(ACT_REASONS)]),
      ...keysOf('actions.', Object.keys(AUDIT_ACTIONS)),
      ...keysOf('words.permission-', Object.keys(PERMISSIONS)),
      ...keysOf('words.setting-', Object.keys(SETTINGS).map(slug)),
      ...keysOf('words.pin-fault-', Object.keys(PIN_FAULTS)),
    ]
    expect(wanted.filter((key) => !german.has(key))).toEqual([])
  })
})

describe('the guide of the consoles', () => {
  it('names no menu, button or field that a console does not have', async () => {
    const guide = readFileSync(new URL('../../docs/guide/consoles.md', import.meta.url), 'utf8')
    const bold = [...guide.matchAll(/\*\*([^*]+)\*\*/g)].map((match) => (match[1] ?? '').replaceAll(/\s+/g, ' '))
    const named = bold.map((text) => text.replace(/[.]$/, ''))
    const texts = (await Promise.all(['kit', ...otherConsoles].map((folder) => wordsOf(folder, 'en')))).flatMap(
      (words) => [...words.values()],
    )
    const patterns = texts.map(
      (text) =>
        new RegExp(
          `^${text
            .split(/\{\{[^}]*\}\}/)
            .map((part) => RegExp.escape(part))
            .join('\\d+')}$`,
        ),
    )
    const isKnown = (text: string) => patterns.some((pattern) => pattern.test(text))
    const way = /^([^>]+) > (.+)$/
    const isWay = (text: string) => (way.exec(text)?.slice(1) ?? []).filter(isKnown).length === 2
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((text) => !isKnown(text) && !isWay(text))).toEqual([])
  })
})
