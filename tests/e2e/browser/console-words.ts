import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TextTree } from '../../../ui/kit/language/texts.ts'

const ui = fileURLToPath(new URL('../../../ui/', import.meta.url))

/** A console's texts, or the kit's, in one language, by key. */
export async function wordsOf(folder: string, language: 'en' | 'de'): Promise<ReadonlyMap<string, string>> {
  const loaded: unknown = await import(join(ui, folder, 'language', `${language}.ts`))
  const { texts } = loaded as { texts: TextTree } // every such module is one of texts
  return new Map(flat(texts, ''))
}

function flat(tree: TextTree, before: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${before}${key}`, value]] : flat(value, `${before}${key}.`),
  )
}
