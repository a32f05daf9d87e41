import { globSync } from 'node:fs'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import { basename, join } from 'node:path'

/**
 * Runs the module `NAME.KIND.ts` of a folder with the remaining arguments in its `process.argv.slice(2)`, after a header
 * with date and machine; without a name, or with an unknown one, lists the names.
 * @returns The exit code for the caller's process: 0, or 2 when nothing was run.
 */
export async function runNamed(kind: 'bench' | 'proof', folder: string, args: readonly string[]): Promise<number> {
  const names = namesIn(kind, folder)
  const [name, ...rest] = args
  if (name === undefined || !names.includes(name)) {
    if (name !== undefined) console.error(`no ${kind} named "${name}"`)
    console.log(`usage: npm run ${kind} -- NAME [ARGUMENTS]\nnames: ${names.join(', ') || '(none yet)'}`)
    return name === undefined ? 0 : 2
  }
  console.log(header(`${kind} ${[name, ...rest].join(' ')}`))
  const path = join(folder, `${name}.${kind}.ts`)
  process.argv = [process.execPath, path, ...rest]
  await import(path)
  return 0
}

function namesIn(kind: string, folder: string): string[] {
  return globSync(`*.${kind}.ts`, { cwd: folder })
    .map((file) => basename(file, `.${kind}.ts`))
    .toSorted()
}

function header(title: string): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0)
  return [
    `# ${title}`,
    `# ${new Date().toISOString()} · Node ${process.version} · ${platform()} ${release()} ${arch()}`,
    `# ${availableParallelism()} × ${model} · ${gibibytes} GiB`,
    '',
  ].join('\n')
}
