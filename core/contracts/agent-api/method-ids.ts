/** Method ids of the SecurID Authentication API that this server offers (authentication-manager §9.2). */
export const METHOD_IDS = {
  passcode: 'SECURID',
  nextTokencode: 'SECURID_NEXT_TOKENCODE',
  newPin: 'SECURID_NEWPIN',
  systemPin: 'SECURID_SYSTEM_GENERATED_PIN',
  emergency: 'EMERGENCY_TOKENCODE',
} as const

export type MethodId = (typeof METHOD_IDS)[keyof typeof METHOD_IDS]
