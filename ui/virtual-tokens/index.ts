export type { ShownToken, TokenHolder } from './token-holder.ts'
