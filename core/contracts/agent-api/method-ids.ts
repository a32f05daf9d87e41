/** Method ids of the SecurID Authentication API that this server offers (authentication-manager §9.2). */
export const METHOD_IDS = {
  passcode: 'SECURID',
  nextTokencode: 'SECURID_NEXT_TOKENCODE',
  newPin: 'SECURID_NEWPIN',
  systemPin: 'SECURID_SYSTEM_GENERATED_PIN',
  emergency: 'EMERGENCY_TOKENCODE',
} as const

/** Attribute of an accepted credential that names a group of the user; there is one for each group. */
export const GROUP_ATTRIBUTE = 'memberOf'

export type MethodId = (typeof METHOD_IDS)[keyof typeof METHOD_IDS]
