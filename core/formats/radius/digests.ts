/**
 * The two digests RADIUS is built on, given by the caller so that a server can use its platform's fast ones.
 * `parts` are digested as if joined; results are 16 octets. The parts are only read during the call.
 */
export interface RadiusDigests {
  md5(...parts: readonly Uint8Array[]): Uint8Array
  hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array
}
