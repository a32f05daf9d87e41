/** Colours follow the theme: they are PatternFly's tokens. */
export const chartColours = {
  success: 'var(--pf-t--global--color--status--success--default)',
  failure: 'var(--pf-t--global--color--status--danger--default)',
  warning: 'var(--pf-t--global--color--status--warning--default)',
  brand: 'var(--pf-t--global--color--brand--default)',
  grid: 'var(--pf-t--global--border--color--default)',
} as const
