/** Racing attempts on one user did not come to an end; nothing was decided and the client may try again. */
export class StoreBusyError extends Error {
  readonly code = 'AUTHENTICATION_BUSY'

  constructor(rounds: number) {
    super(`Authentication did not settle in ${rounds} rounds because other attempts on the same user kept changing it.`)
    this.name = 'StoreBusyError'
  }
}
