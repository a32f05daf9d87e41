import { expect, it } from 'vitest'
import { VirtualDisplay } from './virtual-display.ts'

/** RFC 6238, appendix B: the seed in ASCII, SHA-1, eight digits. */
const TOTP = {
  serial: '000300000001',
  kind: 'totp',
  algorithm: 'sha1',
  digits: 8,
  intervalSeconds: 30,
  counter: '0',
  seedHex: '3132333435363738393031323334353637383930',
  pin: '1234',
  style: 'fob',
  clockOffsetSeconds: 0,
} as const

it('shows the code of RFC 6238 for 59 s, and one second of it left', () => {
  expect(new VirtualDisplay(TOTP).at(59_000)).toEqual({ code: '94287082', passcode: '123494287082', secondsLeft: 1 })
})

it('shows an earlier code when its clock is behind', () => {
  const late = new VirtualDisplay({ ...TOTP, clockOffsetSeconds: -60 })
  expect(late.at(119_000).code).toBe('94287082')
})

it('mixes the PIN into the code of a PINPad-style token', () => {
  expect(new VirtualDisplay({ ...TOTP, style: 'pinpad' }).at(59_000)).toMatchObject({
    code: '94288216',
    passcode: '94288216',
  })
})

it('shows the codes of RFC 4226, appendix D, one a press', () => {
  const display = new VirtualDisplay({ ...TOTP, kind: 'hotp', digits: 6, intervalSeconds: 0, style: 'tokencode-only' })
  expect(display.at(0)).toEqual({ code: '755224', passcode: '755224', secondsLeft: null })
  display.press()
  expect(display.at(0).code).toBe('287082')
})
