import { Button, type ButtonProps } from '@patternfly/react-core'
import { type ReactNode, useMemo } from 'react'
import { Link, type LinkProps } from 'react-router'

interface LinkButtonProps {
  to: string
  variant?: NonNullable<ButtonProps['variant']>
  icon?: ReactNode
  /** Names it where its words alone would be the same as another's. */
  label?: string
  children: ReactNode
}

/** A link inside the console that looks like a button: it can be opened in another tab. */
export function LinkButton({ to, variant = 'secondary', icon, label, children }: LinkButtonProps) {
  const component = useMemo(() => (props: Omit<LinkProps, 'to'>) => <Link {...props} to={to} />, [to])
  return (
    <Button
      variant={variant}
      component={component}
      {...(icon !== undefined && { icon })}
      {...(label !== undefined && { 'aria-label': label })}
    >
      {children}
    </Button>
  )
}
