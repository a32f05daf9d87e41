/** Cryptographically secure randomness. */
export interface Random {
  bytes(count: number): Uint8Array
}
