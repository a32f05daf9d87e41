import { type UserDashboard, userEndpoints } from '@driftlock/contracts'
import { PageFrame, QueryView, useApiQuery } from '@driftlock/ui-kit'
import { Alert, Grid, GridItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { UserConditionLabel } from '../../conditions/condition-label.tsx'
import { useTokenActs } from '../../tokens/acts/use-token-acts.tsx'
import { ExplainBox } from './explain-box.tsx'
import { Hindrances } from './hindrances.tsx'
import { RecentLogOns } from './recent-log-ons.tsx'
import { TokenCards } from './token-cards.tsx'
import { UserActions } from './user-actions.tsx'
import { UserFacts } from './user-facts.tsx'

/** The help desk's page: everything of one user, and every mend, without leaving it. */
export function UserDashboardPage() {
  const { userId = '' } = useParams()
  const dashboard = useApiQuery(userEndpoints.getUserDashboard, { params: { userId } }, { refreshMs: 10_000 })
  return <QueryView query={dashboard}>{(shown) => <Dashboard dashboard={shown} />}</QueryView>
}

function Dashboard({ dashboard }: { dashboard: UserDashboard }) {
  const { t } = useTranslation()
  const { user } = dashboard
  const tokenActs = useTokenActs({ emergencyInDialog: true })
  return (
    <PageFrame
      title={user.displayName}
      lead={
        <>
          {user.username} · {user.securityDomain.path} <UserConditionLabel condition={user.condition} />
        </>
      }
      above={[{ to: '/users', title: t('menu.users') }]}
      actions={<UserActions user={user} />}
    >
      <div className="driftlock-gap">
        {dashboard.serverClockInDoubt && (
          <Alert variant="warning" isInline component="h2" title={t('dashboard.clockInDoubt')} />
        )}
        <Hindrances dashboard={dashboard} runTokenAct={tokenActs.run} />
        <Grid hasGutter>
          <GridItem xl={8}>
            <TokenCards dashboard={dashboard} acts={tokenActs} />
          </GridItem>
          <GridItem xl={4}>
            <div className="driftlock-gap">
              <ExplainBox userId={user.id} />
              <UserFacts user={user} />
            </div>
          </GridItem>
          <GridItem>
            <RecentLogOns records={dashboard.recentLogOns} userId={user.id} />
          </GridItem>
        </Grid>
      </div>
      {tokenActs.dialog}
    </PageFrame>
  )
}
