/**
 * Every reason a decision can have. The list is closed; codes are never reused. `helpDesk` says exactly what happened and
 * what to do; `user` is neutral and never tells an outsider more than "no".
 */
const DENIED = 'Access denied. Wait for the code to change, then try again.'

export const REASONS = {
  'passcode-accepted': { helpDesk: 'Passcode accepted.', user: 'Authentication successful.' },
  'next-tokencode-accepted': {
    helpDesk: 'Next tokencode accepted; the offset of the token was corrected.',
    user: 'Authentication successful.',
  },
  'emergency-code-accepted': {
    helpDesk: 'An emergency access tokencode was accepted in place of the tokencode.',
    user: 'Authentication successful.',
  },
  'next-tokencode-after-bad-codes': {
    helpDesk:
      'Next tokencode mode activated for token: a good code after too many wrong ones. The user must enter the very next code.',
    user: 'Wait for the tokencode to change, then enter the new tokencode.',
  },
  'next-tokencode-outside-small-window': {
    helpDesk:
      'Next tokencode mode activated for token: the code is good, but the clock of the token is further off than the silent window.',
    user: 'Wait for the tokencode to change, then enter the new tokencode.',
  },
  'new-pin-required': {
    helpDesk: 'New PIN mode activated for token: the code is good, and a PIN must be set before logging in.',
    user: 'You must set a new PIN.',
  },
  'new-pin-to-confirm': { helpDesk: 'New PIN entered once; it must be entered again.', user: 'Re-enter the new PIN.' },
  'new-pin-accepted': {
    helpDesk: 'PIN created. New PIN mode ends with a full passcode whose code is later.',
    user: 'PIN accepted. Wait for the tokencode to change, then enter a new passcode.',
  },
  'new-pin-rejected': {
    helpDesk: 'The new PIN does not meet the PIN policy.',
    user: 'The PIN was not accepted. Choose another one.',
  },
  'new-pin-mismatch': {
    helpDesk: 'The two entries of the new PIN differ.',
    user: 'The PINs do not match. Please try again.',
  },
  'new-pin-cancelled': {
    helpDesk: 'The user cancelled the new PIN; the token stays in new PIN mode.',
    user: 'Access denied. No PIN was set.',
  },
  'passcode-format-error': {
    helpDesk:
      'Passcode format error: wrong length or characters for every token of the user. Usual causes: the PIN typed twice or left out, a PINPad-style software token used with the PIN in front, or a wrong RADIUS shared secret.',
    user: DENIED,
  },
  'wrong-passcode': {
    helpDesk: 'Authentication method failed: neither PIN nor tokencode fits a token of the user.',
    user: DENIED,
  },
  'bad-pin-good-tokencode': {
    helpDesk: 'Bad PIN, but good tokencode detected: the PIN was mistyped, or someone is guessing it.',
    user: DENIED,
  },
  'bad-pin-previous-tokencode': {
    helpDesk: 'Bad PIN, and the tokencode was used before.',
    user: DENIED,
  },
  'good-pin-bad-tokencode': {
    helpDesk:
      'Bad tokencode, but good PIN detected: the clock of the token has drifted too far, another token was read, or someone knows the PIN.',
    user: DENIED,
  },
  'tokencode-reused': {
    helpDesk:
      'Passcode reuse: this code was accepted before. The user must wait for the next one; a client that sends a request twice does the same.',
    user: DENIED,
  },
  'tokencode-too-old': {
    helpDesk: 'Previous tokencode detected: the code is earlier than one that was already accepted.',
    user: DENIED,
  },
  'emergency-code-used': {
    helpDesk: 'This one-time emergency tokencode was used before. Each can be used once.',
    user: DENIED,
  },
  'emergency-code-expired': {
    helpDesk: 'The emergency access tokencode is right, but its lifetime has ended.',
    user: DENIED,
  },
  'emergency-code-void': {
    helpDesk: 'The emergency access tokencode is right, but its token is expired or disabled, so it is void.',
    user: DENIED,
  },
  'bad-pin-good-emergency-code': {
    helpDesk: 'Good emergency access tokencode, but the PIN in front of it is missing or wrong.',
    user: DENIED,
  },
  'recovered-token-denied': {
    helpDesk:
      'The code is good, but this token was reported lost or is replaced by emergency access, which denies it. End emergency access if the token is back with its owner.',
    user: DENIED,
  },
  'token-disabled': { helpDesk: 'The code is good, but the token is disabled. Enable it.', user: DENIED },
  'refused-by-cloud': {
    helpDesk:
      'The code is good here, but the cloud access service does not let this app in: there the app was revoked, or its user is disabled or locked. Look there.',
    user: DENIED,
  },
  'token-expired': { helpDesk: 'The token has expired. Assign a replacement.', user: DENIED },
  'token-not-started': { helpDesk: 'The token is not valid yet: its start date lies ahead.', user: DENIED },
  'no-token-assigned': { helpDesk: 'The user has no token assigned.', user: DENIED },
  'user-unknown': { helpDesk: 'No user has this user ID or alias.', user: DENIED },
  'user-disabled': { helpDesk: 'The user account is disabled.', user: DENIED },
  'user-expired': { helpDesk: 'The user account has expired or has not started.', user: DENIED },
  'user-locked': {
    helpDesk: 'The user is locked out after too many failed log-ons. Unlock the user.',
    user: DENIED,
  },
  'try-later': {
    helpDesk: 'Too many wrong tokencodes with a good PIN: further tries are refused until the pause has ended.',
    user: DENIED,
  },
  'next-tokencode-wrong': {
    helpDesk: 'Bad next tokencode: it is not the code that follows the first one. There is one chance; start again.',
    user: DENIED,
  },
  'next-tokencode-same-code': {
    helpDesk: 'The same code was entered again instead of the next one. The user must wait for the display to change.',
    user: DENIED,
  },
  'challenge-expired': { helpDesk: 'The question was answered too late. The user must start again.', user: DENIED },
  'challenge-void': {
    helpDesk: 'The question was already answered, or the token was used in between. The user must start again.',
    user: DENIED,
  },
  resynchronised: {
    helpDesk:
      'Token resynchronised: the offset of its clock (or its counter) was stored. The next displayed code works.',
    user: 'Your token was resynchronised. Wait for the code to change and test it.',
  },
  'resynchronised-after-setback': {
    helpDesk: 'Token resynchronised to an earlier time than it was last used at: its clock was set back.',
    user: 'Your token was resynchronised. Wait for the code to change and test it.',
  },
  'resync-same-code-twice': {
    helpDesk: 'The two codes are the same. The user must wait for the display to change before entering the second.',
    user: 'Both codes are the same. Wait for the display to change, then enter the new code.',
  },
  'resync-pair-not-found': {
    helpDesk:
      'The two codes do not follow each other within 12 hours of the server clock. Causes: codes that were used before, a server or token clock off by more than 12 hours, another token, or a software token that was redistributed.',
    user: 'Your token could not be resynchronised.',
  },
  'resync-server-clock-in-doubt': {
    helpDesk:
      'Not resynchronised, and nothing was counted: the clock of this server is in doubt, so that any offset would be as wrong as that clock. Mend the clock of the server first; codes within the window are accepted as always.',
    user: 'Your token cannot be resynchronised at the moment. Please contact your administrator.',
  },
} as const satisfies Record<string, { readonly helpDesk: string; readonly user: string }>

export type Reason = keyof typeof REASONS
