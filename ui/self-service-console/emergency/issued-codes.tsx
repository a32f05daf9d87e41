import type { MyEmergencyCodes } from '@driftlock/contracts'
import { LinkButton, CodeList, Moment, useLanguage, useUnsavedChangesGuard } from '@driftlock/ui-kit'
import { Alert, Content } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../shell/session-context.ts'
import { codesFileText } from './codes-file.ts'

/** Emergency codes that were just issued: shown once, with every way to take them along and how to use them. */
export function IssuedCodes({ issued }: { issued: MyEmergencyCodes }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { user } = useSession()
  const [taken, setTaken] = useState(false)
  useUnsavedChangesGuard(!taken, { title: t('emergency.leaveTitle'), body: t('emergency.notTaken') })
  const isSet = issued.method === 'one-time-set'
  const file = { name: issued.fileName, text: codesFileText(t, { issued, username: user.username, language }) }
  return (
    <div className="self-service-narrow">
      <Alert isInline variant="warning" component="h2" title={t('emergency.once')} />
      <CodeList
        label={t(isSet ? 'emergency.labelSet' : 'emergency.labelFixed')}
        codes={issued.codes}
        file={file}
        onTaken={() => {
          setTaken(true)
        }}
      />
      <HowToUse issued={issued} />
      <div>
        <LinkButton to="/test">{t('emergency.testLogOn')}</LinkButton>
      </div>
    </div>
  )
}

function HowToUse({ issued }: { issued: MyEmergencyCodes }) {
  const { t } = useTranslation()
  const { method, pinNeeded, expiresAt, ifTokenBecomesAvailable } = issued
  return (
    <Content component="ul">
      <li>{t(method === 'one-time-set' ? 'emergency.useSet' : 'emergency.useFixed')}</li>
      <li>{pinNeeded ? `${t('emergency.withPin')} ${t('emergency.withPinExample')}` : t('emergency.withoutPin')}</li>
      <li>
        {expiresAt === null ? (
          t('emergency.noEnd')
        ) : (
          <>
            {t('emergency.until')} <Moment atMs={expiresAt} relative />
          </>
        )}
      </li>
      <li>{t('emergency.network')}</li>
      <li>{t(`emergency.back.${ifTokenBecomesAvailable}`)}</li>
    </Content>
  )
}
