import type { TokenSummary } from '@driftlock/contracts'
import { lazy, Suspense } from 'react'
import { AssignDialog } from './assign-dialog.tsx'
import { EnableCodeDialog } from './enable-code-dialog.tsx'
import { ReplaceDialog } from './replace-dialog.tsx'
import { ResynchroniseDialog } from './resynchronise-dialog.tsx'

export type TokenDialogName =
  | 'resynchronise'
  | 'emergency'
  | 'replace'
  | 'assign'
  | 'enable-code'
  | 'distribute'
  | 'redistribute'
  | 'edit'

const EmergencyDialog = lazy(() => import('../../emergency/emergency-dialog.tsx'))
const DistributeDialog = lazy(() => import('../distribution/distribute-dialog.tsx'))
const EditTokenDialog = lazy(() => import('./edit-token-dialog.tsx'))

interface TokenDialogProps {
  name: TokenDialogName
  token: TokenSummary
  onClose: () => void
}

/** The dialog of one act on one token. */
export function TokenDialog({ name, ...props }: TokenDialogProps) {
  return <Suspense fallback={null}>{dialogOf(name, props)}</Suspense>
}

function dialogOf(name: TokenDialogName, props: Omit<TokenDialogProps, 'name'>) {
  switch (name) {
    case 'resynchronise':
      return <ResynchroniseDialog {...props} />
    case 'emergency':
      return <EmergencyDialog {...props} />
    case 'replace':
      return <ReplaceDialog {...props} />
    case 'assign':
      return <AssignDialog {...props} />
    case 'enable-code':
      return <EnableCodeDialog {...props} />
    case 'distribute':
    case 'redistribute':
      return <DistributeDialog {...props} isAgain={name === 'redistribute'} />
    case 'edit':
      return <EditTokenDialog {...props} />
  }
}
