/** The same tree of keys with any words: what a translation must have. */
export type Translated<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Translated<Texts[Key]>
}

/** A tree of texts; plural forms end in _one and _other. */
export interface TextTree {
  readonly [key: string]: string | TextTree
}

/** Loads the words of one language when they are wanted: nobody downloads a language they do not read. */
export type TextLoaders = Record<'en' | 'de', () => Promise<{ readonly texts: TextTree }>>
