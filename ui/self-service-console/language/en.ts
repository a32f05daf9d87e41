export const texts = {
  product: 'Driftlock Self-Service',
  tokens: { title: 'My tokens' },
} as const
