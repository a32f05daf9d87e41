import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkVectors, type OathVectors, type SecuridVectors } from '../testing/vectors.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../shared/vectors/${name}`, import.meta.url), 'utf8'))

// The files are the contract; checkVectors trusts their shape and fails loudly where it differs.
const oath = read('hotp-totp.dev.json') as OathVectors
const securid = read('securid.dev.json') as SecuridVectors

const codesIn = (runs: readonly { readonly codes: readonly string[] }[]): number =>
  runs.reduce((sum, run) => sum + run.codes.length, 0)

describe('tokencode vectors', () => {
  const outcome = checkVectors(oath, securid)

  it('computes every HOTP and TOTP code of the RFCs and of oathtool', () => {
    expect(outcome.oath.faults).toEqual([])
    expect(outcome.oath.checked).toBe(oath.cases.length + codesIn(oath.runs) + oath.base32.length)
  })

  it('computes every SecurID-format code and PINPad passcode of stoken, and takes the PIN out again', () => {
    expect(outcome.securid.faults).toEqual([])
    expect(outcome.securid.checked).toBe(securid.cases.length + codesIn(securid.runs))
    expect(outcome.passcodes.faults).toEqual([])
    expect(outcome.passcodes.checked).toBe(securid.cases.filter((one) => one.passcode !== null).length)
  })
})
