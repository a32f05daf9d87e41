import { type Command, InvalidArgumentError } from 'commander'
import { serverLogger } from '@driftlock/http'
import { buildStalePages } from '../demo/build-stale-pages.ts'
import { startDemo } from '../demo/start-demo.ts'
import { stopSignal, untilStopped } from '../serve/until-stopped.ts'

interface DemoFlags {
  readonly port: number
  readonly radiusPort: number
  readonly database?: string
  readonly users: number
  readonly json?: true
}

/** `driftlock demo`: an instance to try, on a throw-away folder, until Ctrl-C. */
export function define(command: Command): void {
  command
    .option('--port <number>', 'port of the pages and APIs; 0 = any free one', wholeNumber(65_535), 8080)
    .option('--radius-port <number>', 'RADIUS port; 0 = any free one', wholeNumber(65_535), 18_120)
    .option('--database <address>', 'postgres:// address to make a schema of its own in, or a new SQLite file')
    .option('--users <number>', 'so many more users with one TOTP token each', wholeNumber(1_000_000), 0)
    .option('--json', 'one JSON object on one line when it is ready, for scripts and load tests')
    .action(demo)
}

async function demo(flags: DemoFlags): Promise<void> {
  const { json, ...options } = flags
  // A Ctrl-C while it starts is heeded as soon as there is something to clear away.
  const asked = stopSignal()
  const running = await startDemo({ ...options, logLevel: 'warn', pages: buildStalePages() })
  const { urls, radius } = running.report
  process.stdout.write(
    json
      ? `${JSON.stringify(running.report)}\n`
      : `Driftlock demo is ready: ${urls.home}\nVirtual tokens: ${urls.virtualTokens}\nRADIUS: ${radius.host}:${radius.port}, secret ${radius.secret}\nStop it with Ctrl-C; nothing is left.\n`,
  )
  await untilStopped(running, serverLogger({ level: 'warn' }), asked)
}

function wholeNumber(largest: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
    if (!(number <= largest)) throw new InvalidArgumentError(`Enter a whole number from 0 to ${largest}.`)
    return number
  }
}
