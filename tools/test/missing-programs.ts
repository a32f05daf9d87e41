import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import type { Program } from './programs.ts'

/** The programs that this machine lacks; `path` is a PATH of folders to search beside the sbin folders. */
export function missingPrograms(programs: readonly Program[], path: string): readonly Program[] {
  // Daemons live in sbin, which is not on every user's PATH.
  const folders = [...path.split(':').filter((folder) => folder !== ''), '/usr/local/sbin', '/usr/sbin', '/sbin']
  return programs.filter(({ proof }) =>
    'command' in proof
      ? !folders.some((folder) => existsSync(join(folder, proof.command)))
      : globSync(proof.file).length === 0,
  )
}

/** What to tell a person whose machine lacks programs that this run may not install. */
export function installAdvice(missing: readonly Program[]): string {
  const width = Math.max(...missing.map((program) => program.package.length))
  return [
    'The tests need programs that this machine does not have:',
    ...missing.map((program) => `  ${program.package.padEnd(width)}  ${program.usedFor}`),
    'Install them (or run the tests as root, which does it):',
    `  sudo apt-get install --no-install-recommends ${missing.map((program) => program.package).join(' ')}`,
    'Tests that need none of them run alone: npx vitest run PATH',
  ].join('\n')
}
