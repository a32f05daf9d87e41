import type { MyToken } from '@driftlock/contracts'
import { Button, type ButtonProps } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

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
          way !== false && <ButtonLink key={way.to} {...way} label={`${way.title}: ${t('tokens.name', { serial })}`} />,
      )}
    </div>
  )
}

interface Way {
  readonly to: string
  readonly title: string
  readonly variant: NonNullable<ButtonProps['variant']>
}

function ButtonLink({ to, title, variant, label }: Way & { label: string }) {
  return (
    <Button variant={variant} aria-label={label} component={(props: object) => <Link {...props} to={to} />}>
      {title}
    </Button>
  )
}
