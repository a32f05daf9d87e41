/** RFC 6030 §3. */
export const PSKC_NAMESPACE = 'urn:ietf:params:xml:ns:keyprov:pskc'

/** One element of a record, small enough to hold whole. Names are local names; `text` is all character data directly inside. */
export type XmlElement = {
  readonly local: string
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  text: string
}

/**
 * Elements PSKC borrows from XML Encryption, XML Signature and PKCS#5. Real files put them in several namespaces or in none,
 * so they are known by their local name; PSKC's own elements must be in PSKC's namespace.
 */
const BORROWED = new Set(
  (
    'KeyName DerivedKey X509Data KeyDerivationMethod PBKDF2-params Salt Specified IterationCount KeyLength PRF ' +
    'EncryptionMethod CipherData CipherValue'
  ).split(' '),
)

/** All children of that local name that are PSKC's own or borrowed by it. */
export const childrenNamed = (element: XmlElement, local: string): readonly XmlElement[] =>
  element.children.filter(
    (child) => child.local === local && (child.namespace === PSKC_NAMESPACE || BORROWED.has(local)),
  )

/** The first element reached by a path of local names, or undefined. */
export const descend = (element: XmlElement | undefined, ...path: string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((at, local) => (at === undefined ? at : childrenNamed(at, local)[0]), element)

/** The trimmed text reached by a path of local names; undefined when the element is absent or blank. */
export const textAt = (element: XmlElement | undefined, ...path: string[]): string | undefined => {
  const text = descend(element, ...path)?.text.trim()
  return text === undefined || text === '' ? undefined : text
}
