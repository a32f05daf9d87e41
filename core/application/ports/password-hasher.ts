/** Hashes passwords of the consoles (argon2id). Slow on purpose: never call it inside a unit of work. */
export interface PasswordHasher {
  /** @returns the encoded hash with its parameters and salt. */
  hash(password: string): Promise<string>
  /** Whether this is the password. */
  verify(password: string, hash: string): Promise<boolean>
}
