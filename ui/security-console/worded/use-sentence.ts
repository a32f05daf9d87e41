import type { Sentence } from '@driftlock/contracts'
import { useTranslation } from 'react-i18next'
import { useClockOff } from '../tokens/use-clock-off.ts'
import { useWorded } from './use-worded.ts'

type Translate = (key: string, facts?: Record<string, unknown>) => string

/** The server's sentence in the language of the page; in English where it says something newer than the page. */
export function useSentence(): (sentence: Sentence) => string {
  const { t, i18n } = useTranslation()
  const worded = useWorded()
  const clockOff = useClockOff()
  return (sentence) => {
    if (i18n.language === 'en') return sentence.text
    const translate: Translate = (key, facts) => t(`sentences.${key}`, facts ?? {})
    return builders[sentence.code]?.({ facts: sentence.facts, translate, worded, clockOff }) ?? worded(sentence)
  }
}

interface Material {
  readonly facts: Sentence['facts']
  readonly translate: Translate
  readonly worded: ReturnType<typeof useWorded>
  readonly clockOff: (offsetMs: number) => string
}

const builders: Readonly<Record<string, (material: Material) => string>> = {
  'would-be-taken': ({ translate }) => translate('wouldBeTaken'),
  'failures-in-a-row': ({ facts, translate }) => translate('failuresInARow', facts),
  'not-counted': ({ translate }) => translate('notCounted'),
  'pin-refused': pinRefused,
  'server-clock-in-doubt': ({ translate }) => translate('clockInDoubt'),
  'token-evidence': evidence,
  'good-code-elsewhere': elsewhere,
}

function evidence(material: Material): string {
  const { facts, translate, worded } = material
  const { serial, pin, code, via, window, searchedSteps, hindrance } = facts
  const seen = [
    translate(`pin.${pin}`),
    translate(`code.${code}`),
    offWords(material),
    window !== undefined && translate(`window.${window}`),
    code === 'none' && Number(searchedSteps) > 0 && translate('searched', { count: searchedSteps }),
    hindrance !== undefined && worded({ code: String(hindrance), text: String(hindrance) }).replace(/\.$/, ''),
  ].filter((words) => typeof words === 'string')
  return translate(via === 'emergency' ? 'emergencyOf' : 'token', { serial, facts: seen.join('; ') })
}

function pinRefused({ facts, translate, worded }: Material): string {
  const faults = String(facts['faults'])
    .split(' ')
    .map((fault) => worded({ code: `pin-fault-${fault}`, text: fault }))
  return translate('pinRefused', { faults: faults.join(' ') })
}

function elsewhere(material: Material): string {
  const { facts, translate, clockOff } = material
  const { serial, seed, pin, advice, clockOffMs, countersOff } = facts
  const off = clockOffMs === undefined ? pressWords(Number(countersOff ?? 0), translate) : clockOff(Number(clockOffMs))
  const found =
    seed === 'voided'
      ? translate('voided', { serial })
      : translate('elsewhere', { serial, off, advice: translate(`advice.${advice}`) })
  return pin === 'good' ? found : `${found} ${translate('pinToo')}`
}

function offWords({ facts: { clockOffMs, stepsOff }, translate, clockOff }: Material): string | undefined {
  if (clockOffMs !== undefined) return translate('clock', { off: clockOff(Number(clockOffMs)) })
  return stepsOff === undefined ? undefined : pressWords(Number(stepsOff), translate)
}

function pressWords(presses: number, translate: Translate): string {
  return presses < 0 ? translate('pressesBehind', { count: -presses }) : translate('presses', { count: presses })
}
