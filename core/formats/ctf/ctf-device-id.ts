import { encodeUtf8 } from '../utf8.ts'

/** Class ids: "any device of this kind" instead of one device. */
export const ctfDeviceClasses = {
  iphone: '556f1985-33dd-442c-9155-3a0e994f21b1',
  android: 'a01c4380-fc01-4df0-b113-7fb98ec74694',
  blackberry: '868c28f8-31bf-4911-9876-ebece5c3f2ab',
  blackberry10: 'b77a1d06-d505-4200-90d3-1bb397748704',
  windowsPhone: 'c483b592-63f0-4f19-b4cb-a6bce8e57159',
  windows: '8f94b226-d362-4204-ac52-3b21fa333b6f',
  macos: 'd0955a53-569b-4ecc-9cf7-6c2a59d4e775',
} as const

/** How many raw characters of a device id versions 1 and 2 look at: 40 in the phone URLs, 32 in bare digits. */
export type DeviceIdLength = 32 | 40

/** The device id that versions 1 and 2 use, with the length its check is filled up to. */
export type ShortDeviceId = { readonly bytes: Uint8Array; readonly length: DeviceIdLength }

/** The raw characters are cut **before** the others are dropped, so a hyphenated id loses digits in a bare string. */
function hexDeviceId(raw: string, length: DeviceIdLength): ShortDeviceId {
  return withoutMatches(raw, /[^0-9a-fA-F]/g, length)
}

/** The device id a string is written for. Version 1: everything but digits, which is what stoken, its only known reader, looks at. */
export function shortDeviceIdToWrite(raw: string, version: 1 | 2, length: DeviceIdLength): ShortDeviceId {
  return version === 2 ? hexDeviceId(raw, length) : withoutMatches(raw, /[0-9]/g, length)
}

function withoutMatches(raw: string, dropped: RegExp, length: DeviceIdLength): ShortDeviceId {
  return { bytes: encodeUtf8(raw.slice(0, length).replace(dropped, '').toUpperCase()), length }
}

/** Every reading of a device id that a version 1 or 2 string may have been bound with; most likely first. */
export function shortDeviceIds(raw: string, version: 1 | 2): ShortDeviceId[] {
  const lengths: readonly DeviceIdLength[] = [40, 32]
  if (version === 2) return lengths.map((length) => hexDeviceId(raw, length))
  // Sources disagree on version 1: digits only, or everything but digits. The device check tells which it was.
  return [/[^0-9]/g, /[0-9]/g].flatMap((dropped) => lengths.map((length) => withoutMatches(raw, dropped, length)))
}

/** The device id of versions 3 and 4: letters and digits only, upper case, 48 bytes; all zero when unbound. */
export function longDeviceId(raw: string | undefined): Uint8Array {
  const kept = (raw ?? '').replace(/[^0-9a-zA-Z]/g, '').toUpperCase()
  const bytes = new Uint8Array(48)
  bytes.set(encodeUtf8(kept).subarray(0, 48))
  return bytes
}
