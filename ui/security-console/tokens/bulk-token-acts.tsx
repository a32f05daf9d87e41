import {
  type BulkResult,
  type BulkTokenAct,
  type Permission,
  type TokenSummary,
  tokenEndpoints,
} from '@driftlock/contracts'
import { MenuButton, useApi, useConfirm, useToast } from '@driftlock/ui-kit'
import { DropdownItem } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'
import { useMay } from '../session/session-context.ts'
import { BulkFailures } from './bulk-failures.tsx'
import { nameOfToken } from './token-name.ts'

type ActName = Exclude<BulkTokenAct['act'], 'move'>

const acts: readonly {
  readonly name: ActName
  readonly needs: Permission
  readonly opposite?: ActName
  readonly isDanger?: true
}[] = [
  { name: 'enable', needs: 'enable-token', opposite: 'disable' },
  { name: 'disable', needs: 'enable-token', opposite: 'enable' },
  { name: 'mark-lost', needs: 'mark-token-lost', opposite: 'mark-found' },
  { name: 'mark-found', needs: 'mark-token-lost', opposite: 'mark-lost' },
  { name: 'force-new-pin', needs: 'force-new-pin' },
  { name: 'clear-pin', needs: 'clear-pin', isDanger: true },
  { name: 'end-emergency-access', needs: 'end-emergency-access' },
  { name: 'unassign', needs: 'unassign-token', isDanger: true },
  { name: 'delete', needs: 'delete-token', isDanger: true },
]

interface BulkTokenActsProps {
  tokens: readonly TokenSummary[]
  onDone: () => void
}

/** One act on exactly the tokens that were selected; the dialog names them and says how many. */
export function BulkTokenActs({ tokens, onDone }: BulkTokenActsProps) {
  const { t } = useTranslation()
  const may = useMay()
  const [result, setResult] = useState<BulkResult>()
  const run = useBulkAct(tokens, (answer) => {
    if (answer.failed > 0) setResult(answer)
    else onDone()
  })
  const label = t('bulk.menu', { count: tokens.length })
  return (
    <>
      <MenuButton label={label} toggle={{ variant: 'primary', children: label }}>
        {acts
          .filter((act) => may(act.needs))
          .map((act) => (
            <DropdownItem
              key={act.name}
              isDanger={act.isDanger === true}
              onClick={() => void run(act.name, act.opposite)}
            >
              {t(`bulk.${act.name}.title`)}
            </DropdownItem>
          ))}
      </MenuButton>
      {result && (
        <BulkFailures
          result={result}
          onClose={() => {
            setResult(undefined)
            onDone()
          }}
        />
      )}
    </>
  )
}

function useBulkAct(tokens: readonly TokenSummary[], onAnswer: (answer: BulkResult) => void) {
  const { t } = useTranslation()
  const api = useApi()
  const act = useAct()
  const confirm = useConfirm()
  const notify = useToast()
  return async (name: ActName, opposite?: ActName) => {
    const confirmed = await confirm({
      title: t(`bulk.${name}.question`, { count: tokens.length }),
      body: t(`bulk.${name}.meaning`),
      items: tokens.map(nameOfToken),
      confirmLabel: t(`bulk.${name}.title`),
      danger: opposite === undefined,
    })
    if (!confirmed) return
    const body = (which: ActName, tokenIds: readonly string[]) => ({
      body: { act: which, tokenIds: [...tokenIds], confirmCount: tokenIds.length },
    })
    const answer = await act(
      tokenEndpoints.bulkTokens,
      body(
        name,
        tokens.map((token) => token.id),
      ),
    )
    if (!answer) return
    const changed = answer.results.filter((one) => one.ok).map((one) => one.id)
    const undo = opposite && (() => api.call(tokenEndpoints.bulkTokens, body(opposite, changed)))
    if (changed.length > 0) notify({ title: t(`bulk.${name}.done`, { count: changed.length }), ...(undo && { undo }) })
    onAnswer(answer)
  }
}
