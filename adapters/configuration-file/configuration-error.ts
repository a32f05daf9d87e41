/** The configuration cannot be used; every fault with its place and cause. */
export class ConfigurationError extends Error {
  readonly code = 'CONFIGURATION_INVALID'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'ConfigurationError'
    this.faults = faults
  }
}
