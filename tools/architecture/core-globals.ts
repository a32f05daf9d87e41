import { join, relative } from 'node:path'
import ts from 'typescript'

export interface CoreGlobalsReport {
  readonly files: number
  readonly problems: readonly string[]
}

/** Parts of the language itself that would let the clock, chance or a time zone into the core. */
const impureMember =
  /^(?:Math\.random|Date\.now|.*\.(?:get(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)|toLocale\w*String))$/s

/**
 * Finds every use in `core/` of a global that the language does not define: Node's, the DOM's, a clock, chance.
 * `types: []` alone does not prove it: a package's typings may pull Node's in for the whole program.
 */
export function coreGlobalProblems(root: string): CoreGlobalsReport {
  const program = openCore(root)
  const checker = program.getTypeChecker()
  const sources = program.getSourceFiles().filter(({ fileName }) => isCore(root, fileName))
  const problems = sources.flatMap((source) => globalsUsed({ source, checker }).map((use) => at(root, source, use)))
  return { files: sources.length, problems: [...new Set(problems)] }
}

function openCore(root: string): ts.Program {
  const path = join(root, 'tsconfig.core.json')
  const source = ts.readJsonConfigFile(path, (file) => ts.sys.readFile(file))
  const { fileNames, options, errors } = ts.parseJsonSourceFileConfigFileContent(source, ts.sys, root)
  for (const { messageText } of errors) throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'))
  return ts.createProgram(fileNames, options)
}

function isCore(root: string, fileName: string): boolean {
  return relative(root, fileName).startsWith('core/')
}

interface Use {
  readonly name: string
  readonly position: number
}

function globalsUsed({ source, checker }: { source: ts.SourceFile; checker: ts.TypeChecker }): Use[] {
  const uses: Use[] = []
  const visit = (node: ts.Node): void => {
    const name = node.getText(source)
    if (ts.isIdentifier(node) && !isMemberName(node) && isForeignGlobal(node, checker)) {
      uses.push({ name, position: node.getStart(source) })
    }
    if (isImpure(node, source)) uses.push({ name, position: node.getStart(source) })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return uses
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node
}

function isForeignGlobal(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  if (node.text === 'globalThis') return true
  const declarations = checker.getSymbolAtLocation(node)?.declarations
  // An unknown name is not ours to judge: the compiler refuses it by itself (unless it hides behind `typeof`).
  if (!declarations || declarations.length === 0) return false
  const files = declarations.map((declaration) => declaration.getSourceFile())
  if (!files.every(isAmbient)) return false
  return !files.some(({ fileName }) => /\/lib\.es[\w.]*\.d\.ts$/.test(fileName))
}

/** A declaration file that speaks for the whole program: a standard library or one without imports and exports. */
function isAmbient(file: ts.SourceFile): boolean {
  return file.isDeclarationFile && (/\/lib\.[\w.]+\.d\.ts$/.test(file.fileName) || /@types\/node\//.test(file.fileName))
}

/** `new Date(ms)` is calendar arithmetic; with no argument it reads the clock, with several it takes the local zone. */
function isImpure(node: ts.Node, source: ts.SourceFile): boolean {
  if (ts.isPropertyAccessExpression(node)) return impureMember.test(node.getText(source))
  if (ts.isNewExpression(node)) return node.expression.getText(source) === 'Date' && node.arguments?.length !== 1
  return ts.isCallExpression(node) && node.expression.getText(source) === 'Date'
}

function at(root: string, source: ts.SourceFile, { name, position }: Use): string {
  const { line } = source.getLineAndCharacterOfPosition(position)
  return `${relative(root, source.fileName)}:${String(line + 1)}: ${name} is not for the core: take what it gives as an argument`
}
