// A large import through the administration API: `npm run proof -- upload [MEGABYTES]`. Starts `driftlock serve` on SQLite in a
// scratch folder, streams a PSKC file that is made as it goes, and looks at the memory of that process. Prints the most
// that was resident and what it was before; exits 1 when more was held than half the file, or a token is missing.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { scratchShell } from '../interop/testing/driftlock-command.ts'
import { streamedPskc } from './upload/streamed-pskc.ts'

const MAIN = new URL('../../apps/driftlock/main.ts', import.meta.url).pathname
const MEBIBYTE = 1024 * 1024
const megabytes = Number(process.argv[2] ?? 500)

const shell = await scratchShell()
await shell.json(['init'])
const [made] = await shell.json(['api-key', 'create', 'proof', '--user', 'admin'])
const child = spawn(
  process.execPath,
  [
    MAIN,
    'serve',
    '--data',
    shell.folder,
    '--port',
    '0',
    '--set',
    'radius.enabled=false',
    'clock.ignoreTimeService=true',
  ],
  { stdio: ['ignore', 'ignore', 'pipe'] },
)
try {
  const url = await addressOf(child.stderr)
  const before = residentMebibytes()
  let most = before
  const looking = setInterval(() => {
    most = Math.max(most, residentMebibytes())
  }, 100)
  const from = performance.now()
  const { stream, sent } = streamedPskc(megabytes * 1e6)
  const query = new URLSearchParams({ fileName: 'large.xml', securityDomainId: 'root' })
  const headers = { authorization: `Bearer ${String(made?.['apiKey'])}`, 'content-type': 'application/octet-stream' }
  const upload: RequestInit & { readonly duplex: 'half' } = { method: 'POST', headers, body: stream, duplex: 'half' }
  const response = await fetch(`${url}/api/v1/token-imports?${query.toString()}`, upload)
  const job = (await response.json()) as { status?: string; doneCount?: number } // a job, or a problem
  clearInterval(looking)
  const { octets, tokens } = sent()
  const seconds = (performance.now() - from) / 1000
  console.log(
    `${(octets / 1e6).toFixed(0)} MB, ${tokens} tokens in ${seconds.toFixed(0)} s (${(tokens / seconds).toFixed(0)} tokens/s), ` +
      `${job.status}, ${job.doneCount} read; resident ${before.toFixed(0)} MiB before, ${most.toFixed(0)} MiB at most`,
  )
  if (job.doneCount !== tokens || job.status !== 'succeeded' || most - before > octets / MEBIBYTE / 2)
    process.exitCode = 1
} finally {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
  await shell.remove()
}

async function addressOf(log: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: log })) {
    const said = JSON.parse(line) as { url?: string } // pino writes one record a line
    if (said.url === undefined) continue
    log.resume()
    return said.url
  }
  throw new Error('driftlock serve ended before it served.')
}

function residentMebibytes(): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}
