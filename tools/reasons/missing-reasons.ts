import ts from 'typescript'
import { besideTheProduct } from '../architecture/rings.ts'

/** A switched-off rule must say why: `// oxlint-disable-next-line rule -- reason`, `// @ts-expect-error reason`. */
const suppression =
  /(?:(?:oxlint|eslint)-disable(?:-next-line|-line)?(?![\w-])(?<rules>[^\n]*)|@ts-(?:expect-error|ignore|nocheck)(?<checks>[^\n]*)|biome-ignore(?<formats>[^\n]*))/

/**
 * Lines that switch a check off without saying why: suppressing comments everywhere, and in the product's own files
 * type assertions (`as T`, except `as const`) and `!` with no comment on the line or on the one above.
 */
export function missingReasons(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lines = text.split('\n')
  const found = lines.flatMap((line, index) => (isUnexplainedSuppression(line) ? [{ index, what: 'suppression' }] : []))
  if (!new RegExp(besideTheProduct).test(path)) {
    for (const { index, what } of assertions(source)) {
      if (![index, index - 1].some((at) => hasComment(lines[at]))) found.push({ index, what })
    }
  }
  return found.map(({ index, what }) => `${path}:${index + 1}: ${what} without a reason on the line`)
}

function isUnexplainedSuppression(line: string): boolean {
  // The marker must open a comment; a line of prose or code that names it is no suppression.
  const comment = /(?:\/\/|\/\*|\{\/\*)\s*(?<text>(?:oxlint|eslint|biome|@ts)-.*)/.exec(line)?.groups?.['text']
  const groups = comment === undefined ? undefined : suppression.exec(comment)?.groups
  if (!groups) return false
  const { rules, checks, formats } = groups
  if (rules !== undefined) return !/\s--\s+\S.*\S/.test(rules)
  return !/[\w)]{3}/.test((checks ?? formats?.split(':').slice(1).join(':') ?? '').replace('*/', ''))
}

function assertions(source: ts.SourceFile): { index: number; what: string }[] {
  const found: { index: number; what: string }[] = []
  const visit = (node: ts.Node): void => {
    const what = kindOfAssertion(node)
    if (what !== undefined) found.push({ index: source.getLineAndCharacterOfPosition(node.getEnd()).line, what })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function kindOfAssertion(node: ts.Node): string | undefined {
  if (ts.isNonNullExpression(node)) return 'a `!`'
  if (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type)) return 'an `as`'
  return undefined
}

function hasComment(line: string | undefined): boolean {
  return line !== undefined && /(?:^|[\s;{(])(?:\/\/|\/\*)\s*\S|^\s*\*/.test(line)
}
