import type { MyToken } from '@driftlock/contracts'
import { LinkButton } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'

/** What can be done with a token, as links: each has an address of its own. */
export function TokenWays({ token }: { token: MyToken }) {
  const { t } = useTranslation()
  const { id, may, serial } = token
  const ways: readonly (Way | false)[] = [
    may.enable && { to: `/tokens/${id}/enable`, title: t('tokens.enable'), variant: 'primary' },
    { to: `/tokens/${id}/troubleshoot`, title: t('tokens.troubleshoot'), variant: 'secondary' },
    !may.enable && { to: '/test', title: t('tokens.test'), variant: 'secondary' },
    may.changePin && { to: `/tokens/${id}/change-pin`, title: t('tokens.changePin'), variant: 'secondary' },
  ]
  return (
    <div className="self-service-ways">
      {ways.map(
        (way) =>
          way !== false && (
            <LinkButton
              key={way.to}
              to={way.to}
              variant={way.variant}
              label={`${way.title}: ${t('tokens.name', { serial })}`}
            >
              {way.title}
            </LinkButton>
          ),
      )}
    </div>
  )
}

interface Way {
  readonly to: string
  readonly title: string
  readonly variant: 'primary' | 'secondary'
}
