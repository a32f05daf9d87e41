import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Whether something keeps the machine's clock. `unknown`: nobody could be asked, e.g. in a container. */
export type TimeServiceState = 'synchronised' | 'not-synchronised' | 'unknown'

export interface TimeServiceSources {
  /** Runs a program. @returns its output, `undefined` if it is not there or failed. */
  readonly run: (program: string, args: readonly string[]) => Promise<string | undefined>
  readonly exists: (path: string) => Promise<boolean>
}

/** STA_UNSYNC of the kernel's clock status, adjtimex(2). */
const UNSYNCHRONISED = 0x40

/** Asks systemd (which reads the kernel's status, so it knows of chrony and ntpd too), else `adjtimex`, else timesyncd's mark. */
export async function timeServiceState(sources: TimeServiceSources = MACHINE): Promise<TimeServiceState> {
  const systemd = await sources.run('timedatectl', ['show', '--property=NTPSynchronized', '--value'])
  if (systemd?.trim() === 'yes') return 'synchronised'
  if (systemd?.trim() === 'no') return 'not-synchronised'
  const status = /^\s*status:\s*(\d+)/m.exec((await sources.run('adjtimex', ['--print'])) ?? '')?.[1]
  if (status !== undefined) return (Number(status) & UNSYNCHRONISED) === 0 ? 'synchronised' : 'not-synchronised'
  return (await sources.exists('/run/systemd/timesync/synchronized')) ? 'synchronised' : 'unknown'
}

const runProgram = promisify(execFile)

const MACHINE: TimeServiceSources = {
  run: async (program, args) => {
    // No environment of ours: it may hold the master key.
    const options = { env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }, timeout: 5000, maxBuffer: 65_536 }
    return runProgram(program, [...args], options).then(
      ({ stdout }) => stdout,
      () => undefined,
    )
  },
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
}
