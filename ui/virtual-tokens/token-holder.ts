/** One token as the demo describes it to its page. */
export interface ShownToken {
  readonly serial: string
  readonly kind: 'totp' | 'hotp' | 'securid'
  readonly algorithm: 'sha1' | 'sha256' | 'sha512' | 'aes-128'
  readonly digits: number
  readonly intervalSeconds: number
  readonly counter: string
  readonly seedHex: string
  readonly pin: string
  readonly style: 'fob' | 'pinpad' | 'tokencode-only'
  readonly clockOffsetSeconds: number
}

export interface TokenHolder {
  readonly username: string
  readonly state: string
  readonly tokens: readonly ShownToken[]
}
