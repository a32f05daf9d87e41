import { createHash } from 'node:crypto'
import { importTokens, ROOT_SECURITY_DOMAIN_ID } from '@driftlock/application'
import { collectingEarly } from '@driftlock/system'
import type { Instance } from '../../../apps/driftlock/instance/open-instance.ts'

export const SHELL = {
  authority: { type: 'command' },
  actor: { type: 'command', id: 'bench', name: 'bench' },
} as const

/** Twelve digits from 1: the serial of the token, and part of the name of its owner. */
export function serialOf(number: number): string {
  return String(number).padStart(12, '0')
}

export function seedOf(number: number): Uint8Array {
  return new Uint8Array(createHash('sha1').update(`seed ${number}`).digest())
}

const LINES_AT_ONCE = 1000

/** An OATH list of so many TOTP tokens, in chunks as a file comes. */
async function* listOf(tokenCount: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('# version: 1\n')
  for (let from = 1; from <= tokenCount; from += LINES_AT_ONCE) {
    const lines: string[] = []
    for (let number = from; number < Math.min(from + LINES_AT_ONCE, tokenCount + 1); number++) {
      lines.push(`${serialOf(number)}, ${Buffer.from(seedOf(number)).toString('hex')}, TOTP, 6, 30\n`)
    }
    yield Buffer.from(lines.join(''))
  }
}

const MEBIBYTE = 1024 * 1024
const LOOK_EVERY_MS = 50

/** Watches this process's memory. @returns what stops it and gives the most that was seen, in MiB. */
function watchMemory(): () => { readonly rss: number; readonly heap: number; readonly outside: number } {
  const most = { rss: 0, heap: 0, outside: 0 }
  const look = () => {
    const { rss, heapTotal, external } = process.memoryUsage()
    most.rss = Math.max(most.rss, rss / MEBIBYTE)
    most.heap = Math.max(most.heap, heapTotal / MEBIBYTE)
    most.outside = Math.max(most.outside, external / MEBIBYTE)
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  return () => {
    clearInterval(timer)
    look()
    return most
  }
}

/** Imports so many tokens as the command does. @returns a line of figures. @throws Error when not all came in. */
export async function timedImport(instance: Instance, tokenCount: number): Promise<string> {
  const stop = watchMemory()
  const start = performance.now()
  let stagedAfterMs = 0
  const report = await collectingEarly(() =>
    importTokens(instance.administration, SHELL, {
      source: listOf(tokenCount),
      format: 'auto',
      securityDomainId: ROOT_SECURITY_DOMAIN_ID,
      duplicates: 'refuse',
      origin: 'bench',
      onProgress: () => {
        stagedAfterMs = performance.now() - start
      },
    }),
  )
  const elapsed = (performance.now() - start) / 1000
  const { rss, heap, outside } = stop()
  if (report.inserted !== tokenCount) throw new Error(`Of ${tokenCount} tokens ${report.inserted} came in.`)
  return (
    `import of ${tokenCount} tokens: ${elapsed.toFixed(1)} s (${(stagedAfterMs / 1000).toFixed(1)} s of them reading and staging), ` +
    `${(tokenCount / elapsed).toFixed(0)} tokens/s, at most ${rss.toFixed(0)} MiB resident ` +
    `(heap ${heap.toFixed(0)}, outside it ${outside.toFixed(0)})`
  )
}
