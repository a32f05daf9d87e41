/** Codes of the cloud's refusals beside those of every HTTP edge. `status` is the HTTP status they come with. Never reused. */
export const CLOUD_ERRORS = {
  SIGNATURE_MISSING: { status: 401, text: 'Sign the request: header driftlock-request.' },
  SIGNATURE_INVALID: { status: 401, text: 'The signature of the request does not hold.' },
  UNKNOWN_KEY: {
    status: 401,
    text: 'No manager here signs with this key. Register the manager, or rotate its keys anew.',
  },
  MANAGER_REVOKED: {
    status: 401,
    text: 'This manager was disconnected by an administrator of the cloud. Register it again.',
  },
  REQUEST_MISMATCH: { status: 401, text: 'The signature is for another request: method, target or body differ.' },
  REQUEST_REPLAYED: { status: 401, text: 'This request was seen before.' },
  CLOCK_SKEW: {
    status: 401,
    text: 'The clocks differ by more than 300 seconds. Set the clock, or sign with the time of this answer.',
  },
  REGISTRATION_CODE_REFUSED: {
    status: 403,
    text: 'The registration code is wrong, used or too old. Have a new one made.',
  },
  REGISTRATION_EXPIRED: { status: 410, text: 'This registration is unknown or too old. Start again with a new code.' },
  PROOF_REFUSED: { status: 403, text: 'The tokencode does not fit. Wait for the next one and try again.' },
  HA_DISABLED: {
    status: 409,
    text: 'High availability is off for this company. An administrator of the cloud can switch it on.',
  },
} as const satisfies Record<string, { readonly status: number; readonly text: string }>

export type CloudErrorCode = keyof typeof CLOUD_ERRORS
