import type { SuggestedMend, TokenSummary, UserDashboard } from '@driftlock/contracts'
import { Alert, Button, Card, CardBody, CardTitle, List, ListItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import type { TokenActName } from '../../tokens/acts/token-act.ts'
import { useWorded } from '../../worded/use-worded.ts'
import { AssignTokenButton } from './assign-token-button.tsx'
import { useUserActs } from './use-user-acts.ts'

interface HindrancesProps {
  dashboard: UserDashboard
  runTokenAct: (name: TokenActName, token: TokenSummary) => void
}

/** Why a log-on would fail now, and the buttons that mend it. */
export function Hindrances({ dashboard, runTokenAct }: HindrancesProps) {
  const { t } = useTranslation()
  const worded = useWorded()
  const { hindrances, suggestedMends } = dashboard
  return (
    <>
      {hindrances.length > 0 && (
        <Alert variant="danger" isInline component="h2" title={t('dashboard.wouldFail')}>
          <List aria-label={t('dashboard.wouldFail')}>
            {hindrances.map((one) => (
              <ListItem key={`${one.code} ${one.text}`}>{worded(one)}</ListItem>
            ))}
          </List>
        </Alert>
      )}
      {suggestedMends.length > 0 && (
        <Card isCompact>
          <CardTitle component="h2">{t('dashboard.mends')}</CardTitle>
          <CardBody>
            <ul className="driftlock-mends">
              {suggestedMends.map((mend) => (
                <li key={`${mend.mend} ${mend.tokenId}`}>
                  <MendButton mend={mend} dashboard={dashboard} runTokenAct={runTokenAct} />
                  <span>{worded(mend.why)}</span>
                </li>
              ))}
            </ul>
          </CardBody>
        </Card>
      )}
    </>
  )
}

const tokenActOf: Partial<Record<SuggestedMend['mend'], TokenActName>> = {
  'enable-token': 'enable',
  'replace-token': 'replace',
  'resynchronise-token': 'resynchronise',
  'clear-pin': 'clear-pin',
  'issue-emergency-access': 'emergency',
  'end-emergency-access': 'end-emergency',
  'mark-token-found': 'mark-found',
  'undo-redistribution': 'undo-redistribution',
}

function MendButton({ mend, dashboard, runTokenAct }: HindrancesProps & { mend: SuggestedMend }) {
  const { t } = useTranslation()
  const userActs = useUserActs(dashboard.user)
  const token = dashboard.tokens.find((one) => one.token.id === mend.tokenId)?.token
  const label = t(`dashboard.mend.${mend.mend}`, { serial: token?.serial ?? '' })
  if (mend.mend === 'assign-token') return <AssignTokenButton user={dashboard.user} variant="secondary" />
  const tokenAct = tokenActOf[mend.mend]
  const run = () => {
    if (mend.mend === 'unlock-user') void userActs.unlock()
    else if (mend.mend === 'enable-user') void userActs.enable()
    else if (tokenAct && token) runTokenAct(tokenAct, token)
  }
  return (
    <Button variant="secondary" size="sm" onClick={run}>
      {label}
    </Button>
  )
}
