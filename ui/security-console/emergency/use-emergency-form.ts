import { type EmergencyAccess, emergencyAccessEndpoints, type TokenSummary } from '@driftlock/contracts'
import { useApiAction } from '@driftlock/ui-kit'
import { useState } from 'react'
import {
  contradictionsIn,
  type EmergencyChoices,
  type EmergencyContradiction,
  initialChoices,
  lifetimeOf,
  settingsToPropose,
} from './emergency-form-state.ts'

export interface EmergencyForm {
  readonly choices: EmergencyChoices
  readonly contradictions: readonly EmergencyContradiction[]
  readonly error: unknown
  readonly isBusy: boolean
  readonly isChanged: boolean
  /** True from Save until something is chosen again. */
  readonly isSaved: boolean
  choose(some: Partial<EmergencyChoices>): void
  generate(): void
  save(): void
}

/**
 * Manage Emergency Access Tokencodes: generating only proposes, Save makes valid (seed 004).
 * @param startsOnline begins with Online Emergency Access selected even where none stands yet.
 */
export function useEmergencyForm(token: TokenSummary, current: EmergencyAccess, startsOnline = false): EmergencyForm {
  const [nowMs] = useState(Date.now)
  const [start] = useState(() => {
    const initial = initialChoices(current, nowMs)
    return { ...initial, online: initial.online || startsOnline }
  })
  const [choices, setChoices] = useState(start)
  const [isSaved, setSaved] = useState(false)
  const input = { params: { tokenId: token.id } }
  const propose = useApiAction(emergencyAccessEndpoints.proposeEmergencyAccess, {
    onDone: (proposal) => setChoices((before) => ({ ...before, proposal })),
  })
  const finish = { invalidates: ['/api/v1'], onDone: () => setSaved(true) }
  const save = useApiAction(emergencyAccessEndpoints.saveEmergencyAccess, finish)
  const end = useApiAction(emergencyAccessEndpoints.endEmergencyAccess, finish)
  return {
    choices,
    contradictions: contradictionsIn(choices, nowMs),
    error: propose.error ?? save.error ?? end.error,
    isBusy: propose.isPending || save.isPending || end.isPending,
    isChanged: !isSaved && JSON.stringify(choices) !== JSON.stringify(start),
    isSaved,
    choose: (some) => {
      // Codes were made for one method and number: another choice of these needs other codes.
      const voids = 'method' in some || 'count' in some
      setChoices((before) => ({ ...before, ...some, ...(voids && { proposal: undefined }) }))
      setSaved(false)
    },
    generate: () => propose.mutate({ ...input, body: settingsToPropose(choices, nowMs) }),
    save: () => {
      if (!choices.online) {
        end.mutate(input)
        return
      }
      const expiresAt = lifetimeOf(choices)
      if (!choices.proposal || expiresAt === undefined) return
      const { proposal } = choices.proposal
      save.mutate({ ...input, body: { proposal, expiresAt, ifTokenBecomesAvailable: choices.rule } })
    },
  }
}
