import { timeServiceState } from '@driftlock/system'
import { addMs } from '@driftlock/domain'
import type { Instance } from '../instance/open-instance.ts'
import { instantText } from '../terminal/instants.ts'
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

const RECENT_MS = 86_400_000

/** The last time within a day that an instance of the deployment doubted its clock: it says so while it runs, doctor is another process. */
export async function clockDoubtFindings({ store, clock }: Instance): Promise<readonly Finding[]> {
  const filter = { actions: ['clock-in-doubt'] as const, from: addMs(clock.now(), -RECENT_MS) }
  const { items } = await store.administration.read.auditLog.search(filter, { limit: 1 })
  return items.map(({ entry }) => ({
    check: 'clock',
    level: 'note',
    text: `${entry.actor.name} doubted its clock at ${instantText(entry.at)}. ${doubtsIn(entry.after)}`.trim(),
    advice:
      'Whether it still does is at its /healthz/ready and on the page of the instances; no drift is learned then.',
  }))
}

function doubtsIn(after: unknown): string {
  if (typeof after !== 'object' || after === null || !('doubts' in after) || !Array.isArray(after.doubts)) return ''
  return after.doubts.map(String).join(' ')
}
