import { timeServiceState } from '@driftlock/system'
import type { Finding } from './folder-findings.ts'

/** The clock is what every time token is judged by. */
export async function clockFindings(): Promise<readonly Finding[]> {
  const state = await timeServiceState()
  const now = new Date().toISOString().slice(0, 19).replace('T', ' ')
  const shown = `It is ${now} UTC here.`
  if (state === 'synchronised')
    return [{ check: 'clock', level: 'good', text: `${shown} A time service keeps the clock.`, advice: '' }]
  if (state === 'not-synchronised')
    return [
      {
        check: 'clock',
        level: 'fault',
        text: `${shown} No time service keeps the clock: tokens will seem to drift.`,
        advice:
          'Switch one on, such as: timedatectl set-ntp true. Where the host keeps the clock, set clock.ignoreTimeService.',
      },
    ]
  return [
    {
      check: 'clock',
      level: 'note',
      text: `${shown} Nobody here can say whether a time service keeps the clock.`,
      advice: 'In a container the host keeps it: check there, and set clock.ignoreTimeService: true.',
    },
  ]
}
