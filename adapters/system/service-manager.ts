import { execFile } from 'node:child_process'

/** The part of systemd's protocol that a service needs (sd_notify(3)). */
export interface ServiceManager {
  /** Milliseconds after which systemd restarts a service that gave no sign of life; `undefined` = it does not watch. */
  readonly watchdogMs: number | undefined
  ready(): Promise<void>
  stopping(): Promise<void>
  /** One line that `systemctl status` shows. */
  status(text: string): Promise<void>
  /** Call it at least every `watchdogMs` / 2 while the service does its work. */
  alive(): Promise<void>
}

export interface ServiceManagerParts {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly processId: number
  /** Runs `systemd-notify`; must not fail where it is missing. */
  readonly notify?: (socket: string, assignment: string) => Promise<void>
}

/**
 * Talks to systemd if it started this process (NOTIFY_SOCKET is set), else does nothing. Node has no Unix datagrams, so
 * `systemd-notify` sends them: the unit needs `Type=notify` and `NotifyAccess=all`.
 */
export function serviceManager({
  environment,
  processId,
  notify = systemdNotify,
}: ServiceManagerParts): ServiceManager {
  const socket = environment['NOTIFY_SOCKET']
  const send = async (assignment: string): Promise<void> => {
    if (socket !== undefined && socket !== '') await notify(socket, assignment)
  }
  return {
    watchdogMs: socket === undefined ? undefined : watchdogMs(environment, processId),
    ready: () => send('READY=1'),
    stopping: () => send('STOPPING=1'),
    status: (text) => send(`STATUS=${text.replaceAll(/[\r\n]+/g, ' ')}`),
    alive: () => send('WATCHDOG=1'),
  }
}

/** sd_watchdog_enabled(3): WATCHDOG_PID, where set, names the process that is meant. */
function watchdogMs(environment: ServiceManagerParts['environment'], processId: number): number | undefined {
  const meant = environment['WATCHDOG_PID']
  if (meant !== undefined && meant !== String(processId)) return undefined
  const microseconds = Number(environment['WATCHDOG_USEC'])
  return Number.isSafeInteger(microseconds) && microseconds > 0 ? microseconds / 1000 : undefined
}

function systemdNotify(socket: string, assignment: string): Promise<void> {
  const env = { NOTIFY_SOCKET: socket, PATH: '/usr/bin:/bin' }
  return new Promise((resolve) => {
    // A message that does not arrive is no reason to stop serving: systemd itself acts on its absence.
    execFile('systemd-notify', [assignment], { env, timeout: 5000 }, () => resolve())
  })
}
