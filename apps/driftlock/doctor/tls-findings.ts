import { certificateEnd, type TlsFiles } from '@driftlock/http'
import type { Finding } from './folder-findings.ts'

const MS_PER_DAY = 86_400_000
/** What renews certificates by itself does so earlier: below this, it has failed, or nobody does. */
const SOON_DAYS = 14

/** Whether the TLS files can be served, and for how long; nothing where none are named. */
export async function tlsFindings(files: TlsFiles | undefined, now: Date): Promise<readonly Finding[]> {
  if (files === undefined) return []
  try {
    return [endFinding(await certificateEnd(files), now)]
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return [{ check: 'TLS', level: 'fault', text, advice: 'An instance does not start with these files.' }]
  }
}

function endFinding(end: Date, now: Date): Finding {
  const day = end.toISOString().slice(0, 10)
  const days = Math.floor((end.getTime() - now.getTime()) / MS_PER_DAY)
  const advice = 'Renew it: new files are taken up by themselves, or at once with SIGHUP.'
  if (days < 0)
    return { check: 'TLS', level: 'fault', text: `The certificate ended on ${day}: nobody trusts it now.`, advice }
  const text = `The certificate holds until ${day}, ${days === 1 ? '1 day' : `${days} days`} from now.`
  return days < SOON_DAYS
    ? { check: 'TLS', level: 'note', text, advice }
    : { check: 'TLS', level: 'good', text, advice: '' }
}
