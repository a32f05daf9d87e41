import { describe, expect, it } from 'vitest'
// Imported rather than read: this file also runs in a browser.
import oathFile from '../../../../shared/vectors/hotp-totp.dev.json' with { type: 'json' }
import securidFile from '../../../../shared/vectors/securid.dev.json' with { type: 'json' }
import { checkVectors, type OathVectors, type SecuridVectors } from '../testing/vectors.ts'

// The files are the contract; checkVectors trusts their shape and fails loudly where it differs.
const oath = oathFile as OathVectors
const securid = securidFile as SecuridVectors

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
