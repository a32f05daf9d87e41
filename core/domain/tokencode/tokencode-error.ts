export type TokencodeFault =
  | 'kind'
  | 'algorithm'
  | 'digits'
  | 'interval'
  | 'seed-length'
  | 'serial'
  | 'step-range'
  | 'not-digits'

/** A token or step that no tokencode can be computed for. The text names the field and never the seed. */
export class TokencodeError extends Error {
  readonly code: TokencodeFault

  constructor(code: TokencodeFault, message: string) {
    super(message)
    this.name = 'TokencodeError'
    this.code = code
  }
}
