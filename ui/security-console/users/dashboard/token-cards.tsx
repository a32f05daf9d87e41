import type { TokenDetails, UserDashboard } from '@driftlock/contracts'
import { EmptyState, Moment } from '@driftlock/ui-kit'
import { Card, CardBody, CardFooter, CardHeader, CardTitle, Title } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { TokenConditionLabel } from '../../conditions/condition-label.tsx'
import { EmergencyState } from '../../emergency/emergency-state.tsx'
import { type Fact, Facts } from '../../facts/facts.tsx'
import { TokenActButtons } from '../../tokens/acts/token-act-buttons.tsx'
import type { useTokenActs } from '../../tokens/acts/use-token-acts.tsx'
import { ClockHealth } from '../../tokens/clock-health.tsx'

interface TokenCardsProps {
  dashboard: UserDashboard
  acts: ReturnType<typeof useTokenActs>
}

/** The user's tokens, a card each, with what can be done to it. */
export function TokenCards({ dashboard, acts }: TokenCardsProps) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="driftlock-tokens" className="driftlock-gap">
      <Title headingLevel="h2" id="driftlock-tokens" size="lg">
        {t('dashboard.tokens')}
      </Title>
      {dashboard.tokens.length === 0 && (
        <EmptyState headingLevel="h3" title={t('dashboard.noTokens')}>
          {t('dashboard.noTokensBody')}
        </EmptyState>
      )}
      {dashboard.tokens.map(({ token, emergencyAccess }) => (
        <Card key={token.id} isCompact component="article" aria-label={t('dashboard.token', { serial: token.serial })}>
          <CardHeader actions={{ actions: <TokenConditionLabel condition={token.condition} />, hasNoOffset: true }}>
            <CardTitle component="h3">
              <Link to={`/tokens/${token.id}`}>{token.serial}</Link> {t(`tokens.formFactors.${token.formFactor}`)}
              {token.nickname !== '' && ` · ${token.nickname}`}
            </CardTitle>
          </CardHeader>
          <CardBody className="driftlock-gap">
            <TokenCardFacts token={token} />
            {emergencyAccess.active && <EmergencyState access={emergencyAccess} />}
          </CardBody>
          <CardFooter>
            <TokenActButtons acts={acts.offeredFor(token)} serial={token.serial} />
          </CardFooter>
        </Card>
      ))}
    </section>
  )
}

function TokenCardFacts({ token }: { token: TokenDetails }) {
  const { t } = useTranslation()
  const { due, badTokencodeCount, limit } = token.nextTokencode
  const facts: Fact[] = [
    [t('tokens.expires'), <Moment key="expires" atMs={token.expiresAt} dateOnly relative={token.expiresAt !== null} />],
    [t('tokens.lastUsed'), <Moment key="used" atMs={token.lastAcceptedAt} relative />],
    [t('tokens.pin'), t(pinState(token))],
    [t('tokens.clock'), <ClockHealth key="clock" token={token} />],
  ]
  if (due || badTokencodeCount > 0) {
    facts.push([
      t('tokens.nextTokencode'),
      due ? t('tokens.nextTokencodeDue') : t('tokens.badTokencodes', { count: badTokencodeCount, limit: limit ?? '∞' }),
    ])
  }
  return <Facts facts={facts} columns={2} />
}

function pinState(token: TokenDetails): string {
  if (token.passcodeStyle === 'tokencode-only') return 'tokens.pinNotNeeded'
  if (token.newPinWaiting) return 'tokens.pinWaiting'
  if (!token.hasPin) return 'tokens.pinNone'
  return token.newPinRequired ? 'tokens.pinNewDue' : 'tokens.pinSet'
}
