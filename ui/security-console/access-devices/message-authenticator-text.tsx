import type { RadiusClient } from '@driftlock/contracts'
import { useTranslation } from 'react-i18next'

/** Whether a client must send Message-Authenticator, and what is remembered of it. */
export function MessageAuthenticatorText({ client }: { client: RadiusClient }) {
  const { t } = useTranslation()
  if (client.requireMessageAuthenticator) return t('radius.authenticatorRequired')
  if (client.profile.messageAuthenticator === 'no') return t('radius.authenticatorNotRequired')
  return t(client.hasSentMessageAuthenticator ? 'radius.authenticatorRemembered' : 'radius.authenticatorAwaited')
}
