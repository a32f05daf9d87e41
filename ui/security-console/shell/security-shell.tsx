import { sessionEndpoints } from '@driftlock/contracts'
import { ConsoleShell, QueryView, SessionWatch, useApiAction, useApiQuery } from '@driftlock/ui-kit'
import { DropdownItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Outlet, useNavigate } from 'react-router'
import { QuickSearch } from '../home/quick-search.tsx'
import { SessionContext } from '../session/session-context.ts'
import { navigationFor } from './navigation-entries.ts'

const logOnPath = '/console/log-on'

/** The frame of every page for an administrator who is logged on. */
export function SecurityShell() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const session = useApiQuery(sessionEndpoints.getSession, {})
  const logOff = useApiAction(sessionEndpoints.logOff, { onDone: () => location.assign(logOnPath) })
  return (
    <QueryView query={session}>
      {(current) => (
        <SessionContext value={current}>
          <ConsoleShell
            product={t('product')}
            navigation={navigationFor(current.held, t)}
            userName={current.user.displayName}
            onLogOff={() => logOff.mutate({})}
            tools={<QuickSearch />}
            userMenu={<DropdownItem onClick={() => void navigate('/my-account')}>{t('account.title')}</DropdownItem>}
          >
            <Outlet />
          </ConsoleShell>
          <SessionWatch session={current} receivedAtMs={session.dataUpdatedAt} onStay={() => void session.refetch()} />
        </SessionContext>
      )}
    </QueryView>
  )
}
