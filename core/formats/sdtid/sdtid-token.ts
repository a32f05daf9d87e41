/** AddPIN × 2 + LocalPIN. 0 and 1: the PIN is typed before the code or not at all; 2 and 3: it is mixed into the code. */
export type SecuridPinMode = 0 | 1 | 2 | 3

/** How a token takes its PIN: mixed into the code digit by digit, or typed in front of it. */
export type SecuridPinStyle = 'pinpad' | 'fob'

/**
 * One SecurID-format token as an sdtid file states it. Absent means that the file leaves the field out or blank.
 * Windows are in seconds, dates are ISO (`2030-12-31`) and in UTC; `death` is the last valid day.
 */
export type SdtidToken = {
  /** 12 decimal digits. */
  readonly serial: string
  /** As in the file, without leading zeros perhaps: all keys of the file depend on this spelling. */
  readonly serialAsWritten: string
  /** 16 bytes, secret. */
  readonly seed: Uint8Array
  /** 1-8. */
  readonly digits: number
  readonly intervalSeconds: 30 | 60
  readonly pinMode: SecuridPinMode
  readonly pinStyle: SecuridPinStyle
  readonly birth?: string | undefined
  readonly death?: string | undefined
  readonly userFirstName?: string | undefined
  readonly userLastName?: string | undefined
  readonly userLogin?: string | undefined
  readonly deviceSerialNumber?: string | undefined
  readonly nickname?: string | undefined
  readonly smallWindowSeconds?: number | undefined
  readonly mediumWindowSeconds?: number | undefined
  readonly largeWindowSeconds?: number | undefined
  readonly precision?: number | undefined
  readonly mode?: number | undefined
  readonly pinType?: number | undefined
  readonly protectionLevel?: number | undefined
  readonly revision?: number | undefined
  /** Eight hexadecimal digits by custom, `20000001` for a software token. */
  readonly formFactor?: string | undefined
  readonly copyProtection: boolean
  readonly keypad: boolean
  readonly timeDerivedSeeds: boolean
  readonly appDerivedSeeds: boolean
}

/** The style that a PIN mode means. */
export function pinStyleOf(pinMode: SecuridPinMode): SecuridPinStyle {
  return pinMode >= 2 ? 'pinpad' : 'fob'
}
