import { describe, expect, it } from 'vitest'
import { serviceManager } from './service-manager.ts'

function started(environment: Readonly<Record<string, string>>) {
  const sent: string[] = []
  const notify = async (socket: string, assignment: string) => {
    sent.push(`${socket} ${assignment}`)
  }
  return { sent, manager: serviceManager({ environment, processId: 42, notify }) }
}

describe('talking to the service manager', () => {
  it('says nothing when systemd did not start the process', async () => {
    const { sent, manager } = started({ WATCHDOG_USEC: '30000000' })
    await manager.ready()
    await manager.alive()
    expect(sent).toEqual([])
    expect(manager.watchdogMs).toBeUndefined()
  })

  it('says ready, status, alive and stopping', async () => {
    const { sent, manager } = started({ NOTIFY_SOCKET: '/run/notify' })
    await manager.ready()
    await manager.status('serving\nREADY=0')
    await manager.alive()
    await manager.stopping()
    const assignments = ['READY=1', 'STATUS=serving READY=0', 'WATCHDOG=1', 'STOPPING=1']
    expect(sent).toEqual(assignments.map((assignment) => `/run/notify ${assignment}`))
  })

  it.each([
    [{ WATCHDOG_USEC: '30000000' }, 30_000],
    [{ WATCHDOG_USEC: '30000000', WATCHDOG_PID: '42' }, 30_000],
    [{ WATCHDOG_USEC: '30000000', WATCHDOG_PID: '43' }, undefined],
    [{ WATCHDOG_USEC: '0' }, undefined],
    [{ WATCHDOG_USEC: 'soon' }, undefined],
    [{}, undefined],
  ])('reads the watchdog time from %j', (environment, expected) => {
    expect(started({ NOTIFY_SOCKET: '/run/notify', ...environment }).manager.watchdogMs).toBe(expected)
  })

  it('does not fail where the message cannot be sent', async () => {
    const manager = serviceManager({ environment: { NOTIFY_SOCKET: '/nowhere/notify' }, processId: process.pid })
    await expect(manager.ready()).resolves.toBeUndefined()
  })
})
