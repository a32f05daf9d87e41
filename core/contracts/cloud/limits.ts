/** Bounds of what the cloud access service and a manager say to each other. Both sides hold to them. */
export const CLOUD_LIMITS = {
  /** Records of one page of the feed, and steps of one report. */
  pageRecords: 1000,
  /** Octets of an answer; whoever reads more stops reading. */
  answerBytes: 8 * 1024 * 1024,
  /** Octets of a request's body. */
  bodyBytes: 256 * 1024,
  /** Characters of a signed header: a compact JWS. */
  signedHeaderLength: 4096,
  /** Seconds that `iat` of a request may differ from the cloud's clock, either way. */
  clockSkewSeconds: 300,
  /** Seconds that a manager's old signing key is still believed after a rotation: answers under way, other instances. */
  oldKeySeconds: 600,
} as const

export const CLOUD_BASE_PATH = '/cloud/v1'
