import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const main = fileURLToPath(new URL('../../apps/driftlock/main.ts', import.meta.url))

it('ends quietly when nobody reads its output any more', async () => {
  const child = spawn(process.execPath, [main, 'completion', 'bash'], { stdio: ['ignore', 'pipe', 'pipe'] })
  // Closed before the first line comes, as `head` closes it after the last one it wants.
  child.stdout.destroy()
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const [code] = await once(child, 'exit')
  expect({ code: Number(code), said }).toEqual({ code: 0, said: '' })
})
