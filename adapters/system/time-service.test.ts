import { describe, expect, it } from 'vitest'
import { timeServiceState } from './time-service.ts'

function machine(outputs: Readonly<Record<string, string>>, mark = false) {
  return { run: async (program: string) => outputs[program], exists: async () => mark }
}

describe('the state of the time service', () => {
  it.each([
    ['systemd says yes', machine({ timedatectl: 'yes\n' }), 'synchronised'],
    ['systemd says no', machine({ timedatectl: 'no\n', adjtimex: 'status: 0' }), 'not-synchronised'],
    ['the kernel says synchronised', machine({ adjtimex: '  maxerror: 16000\n    status: 8193\n' }), 'synchronised'],
    ['the kernel says unsynchronised', machine({ adjtimex: '    status: 64\n' }), 'not-synchronised'],
    ['timesyncd left its mark', machine({ timedatectl: '' }, true), 'synchronised'],
    ['nobody can be asked', machine({}), 'unknown'],
  ])('%s', async (_, sources, expected) => {
    expect(await timeServiceState(sources)).toBe(expected)
  })

  it('is found on this machine without an error', async () => {
    expect(['synchronised', 'not-synchronised', 'unknown']).toContain(await timeServiceState())
  })
})
