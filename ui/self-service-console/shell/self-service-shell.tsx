import { selfServiceEndpoints } from '@driftlock/contracts'
import { ConsoleShell, QueryView, useApiAction, useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'

/** The frame of every page for one who is logged on. */
export function SelfServiceShell() {
  const { t } = useTranslation()
  const session = useApiQuery(selfServiceEndpoints.getSelfServiceSession, {})
  const language = useApiAction(selfServiceEndpoints.setMyLanguage)
  const logOff = useApiAction(selfServiceEndpoints.logOffSelfService, {
    onDone: () => location.assign('/self-service/log-on'),
  })
  return (
    <QueryView query={session}>
      {({ user }) => (
        <ConsoleShell
          product={t('product')}
          navigation={[{ to: '/', title: t('tokens.title') }]}
          userName={user.displayName}
          onLogOff={() => logOff.mutate({})}
          onLanguageChosen={(chosen) => language.mutate({ body: { language: chosen } })}
        >
          <Outlet context={{ session: session.data }} />
        </ConsoleShell>
      )}
    </QueryView>
  )
}
