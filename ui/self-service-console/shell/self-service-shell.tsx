import { type SelfServiceSession, selfServiceEndpoints } from '@driftlock/contracts'
import { ConsoleShell, QueryView, SessionWatch, useApiAction, useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import type { ShellContext } from './session-context.ts'

/** The frame of every page for one who is logged on. */
export function SelfServiceShell() {
  const session = useApiQuery(selfServiceEndpoints.getSelfServiceSession, {})
  return (
    <QueryView query={session}>
      {(known) => (
        <>
          <LoggedOn session={known} />
          <SessionWatch
            session={known}
            receivedAtMs={session.dataUpdatedAt}
            onStay={() => {
              void session.refetch()
            }}
          />
        </>
      )}
    </QueryView>
  )
}

function LoggedOn({ session }: { session: SelfServiceSession }) {
  const { t } = useTranslation()
  const language = useApiAction(selfServiceEndpoints.setMyLanguage)
  const logOff = useApiAction(selfServiceEndpoints.logOffSelfService, {
    onDone: () => {
      location.assign('/self-service/log-on')
    },
  })
  const context: ShellContext = { session }
  return (
    <ConsoleShell
      product={t('product')}
      navigation={useNavigation(session)}
      userName={session.user.displayName}
      onLogOff={() => {
        logOff.mutate({})
      }}
      onLanguageChosen={(chosen) => {
        language.mutate({ body: { language: chosen } })
      }}
    >
      <Outlet context={context} />
    </ConsoleShell>
  )
}

/** The troubleshooting entry opens nothing but Troubleshoot. */
function useNavigation({ entry }: SelfServiceSession) {
  const { t } = useTranslation()
  const troubleshoot = { to: '/troubleshoot', title: t('navigation.troubleshoot') }
  if (entry === 'troubleshooting') return [troubleshoot]
  return [
    { to: '/', title: t('navigation.tokens'), covers: '/tokens' },
    troubleshoot,
    { to: '/test', title: t('navigation.test') },
    { to: '/history', title: t('navigation.history') },
  ]
}
