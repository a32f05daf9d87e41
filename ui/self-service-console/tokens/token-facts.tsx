import type { MyToken } from '@driftlock/contracts'
import { Moment } from '@driftlock/ui-kit'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Expiry, last use, clock and PIN of a token. */
export function TokenFacts({ token }: { token: MyToken }) {
  const { t } = useTranslation()
  return (
    <dl className="self-service-facts">
      <Fact term={t('tokens.expires')}>
        {token.expiresAt === null ? t('tokens.noExpiry') : <Moment atMs={token.expiresAt} dateOnly />}
        {token.expiresSoon && ` – ${t('tokens.expiresSoon')}`}
      </Fact>
      <Fact term={t('tokens.lastUse')}>
        <Moment atMs={token.lastAcceptedAt} relative />
      </Fact>
      {token.kind !== 'hotp' && <Fact term={t('tokens.clock')}>{t(`clocks.${token.clockHealth}`)}</Fact>}
      <Fact term={t('tokens.pin')}>
        {token.pinRules === null ? t('tokens.pinNone') : t(token.hasPin ? 'tokens.pinSet' : 'tokens.pinNotSet')}
      </Fact>
      {token.emergency && (
        <Fact term={t('tokens.codesUntil')}>
          {token.emergency.expiresAt === null ? t('tokens.codesNoEnd') : <Moment atMs={token.emergency.expiresAt} />}
        </Fact>
      )}
    </dl>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
