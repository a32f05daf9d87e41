import type { TokenSummary } from '@driftlock/contracts'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useMay } from '../../session/session-context.ts'
import { TokenDialog, type TokenDialogName } from './token-dialog.tsx'
import { fittingActs, type TokenActName } from './token-act.ts'
import { usePlainTokenAct } from './use-plain-token-act.ts'

export interface OfferedTokenAct {
  readonly name: TokenActName
  readonly title: string
  readonly isDanger: boolean
  readonly run: () => void
}

interface TokenActs {
  readonly offeredFor: (token: TokenSummary) => readonly OfferedTokenAct[]
  readonly run: (name: TokenActName, token: TokenSummary) => void
  /** To be rendered somewhere on the page. */
  readonly dialog: ReactNode
}

interface TokenActsOptions {
  /** Opens emergency access in a dialog, so that the page is not left. */
  readonly emergencyInDialog?: boolean
}

const dialogActs = [
  'resynchronise',
  'emergency',
  'replace',
  'assign',
  'enable-code',
  'distribute',
  'redistribute',
  'edit',
] as const

/** Everything that can be done to a token, the same on the dashboard, on its own page and in the list's context menu. */
export function useTokenActs({ emergencyInDialog = false }: TokenActsOptions = {}): TokenActs {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const runPlain = usePlainTokenAct()
  const [open, setOpen] = useState<{ name: TokenDialogName; token: TokenSummary }>()
  const run = (name: TokenActName, token: TokenSummary) => {
    const dialogName = dialogActs.find((one) => one === name)
    if (name === 'emergency' && !emergencyInDialog) void navigate(`/tokens/${token.id}/emergency-access`)
    else if (dialogName) setOpen({ name: dialogName, token })
    else void runPlain(name, token)
  }
  return {
    run,
    offeredFor: (token) =>
      fittingActs(token, may).map(({ name, isDanger }) => ({
        name,
        isDanger,
        title: t(`tokenActs.${name}.title`),
        run: () => run(name, token),
      })),
    dialog: open && <TokenDialog {...open} onClose={() => setOpen(undefined)} />,
  }
}
