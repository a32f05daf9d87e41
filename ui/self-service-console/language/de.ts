import type { Translated } from '@driftlock/ui-kit'
import type { texts as english } from './en.ts'

export const texts: Translated<typeof english> = {
  product: 'Driftlock Self-Service',
  tokens: { title: 'Meine Token' },
}
