import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TextTree } from '../../../ui/kit/language/texts.ts'

const ui = fileURLToPath(new URL('../../../ui/', import.meta.url))

/** A console's texts, or the kit's, in one language, by key. */
export async function wordsOf(folder: string, language: 'en' | 'de'): Promise<ReadonlyMap<string, string>> {
  // A module of texts by this project's own convention.
  const { texts } = (await import(join(ui, folder, 'language', `${language}.ts`))) as { texts: TextTree }
  return new Map(flat(texts, ''))
}

function flat(tree: TextTree, before: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${before}${key}`, value] as [string, string]] : flat(value, `${before}${key}.`),
  )
}
