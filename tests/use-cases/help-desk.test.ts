import { Readable } from 'node:stream'
import {
  type ApplicationError,
  assignToken,
  authenticate,
  clearPin,
  createUser,
  disableToken,
  endEmergencyAccess,
  type ImportReport,
  importTokens,
  proposeEmergencyAccess,
  replaceToken,
  resynchroniseToken,
  saveEmergencyAccess,
  setPin,
  settleReplacement,
  unassignToken,
  unlockUser,
} from '@driftlock/application'
import { addMs } from '@driftlock/domain'
import { writePskc } from '@driftlock/formats'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleFile } from '../../core/formats/sdtid/testing/sample-batch.ts'
import { administratorWith, codeNow, COMMAND, type Deployment, openDeployment, totpList } from './testing/deployment.ts'

/** A file of one HOTP token, its values encrypted and their MACs taken out. */
const pskcWithoutMacs = [
  ...writePskc(
    [
      {
        serial: 'P1',
        kind: 'hotp',
        algorithm: 'sha1',
        secret: new Uint8Array(20),
        digits: 6,
        intervalSeconds: 30,
        t0Seconds: 0,
        counter: 0n,
      },
    ],
    {
      protection: { kind: 'pre-shared-key', key: new Uint8Array(16).fill(1), keyName: 'test' },
      randomBytes: (length) => new Uint8Array(length).fill(2),
    },
  ),
]
  .join('')
  .replace(/<(pskc:)?ValueMAC>[^<]*<\/(pskc:)?ValueMAC>/g, '')

let deployment: Deployment

beforeEach(async () => {
  deployment = await openDeployment()
})
afterEach(() => deployment.close())

const ORIGIN = { actor: { type: 'agent', id: 'vpn', name: 'vpn' } } as const

function imported(serials: readonly string[], more: object = {}): Promise<ImportReport> {
  const file = { source: totpList(serials), format: 'auto', securityDomainId: 'root', duplicates: 'refuse' } as const
  return importTokens(deployment.ports, COMMAND, { ...file, origin: 'list.csv', ...more })
}

async function ada(): Promise<void> {
  await imported(['T1', 'T2', 'T3', 'T4'])
  await createUser(deployment.ports, COMMAND, { username: 'ada', securityDomainId: 'root' })
  await assignToken(deployment.ports, COMMAND, { token: 'T1', user: 'ada' })
}

async function logIn(passcode: string): Promise<string> {
  const entry = { type: 'passcode', passcode } as const
  const { outcome, reason } = await authenticate(deployment.logins, { username: 'ada', entry, origin: ORIGIN })
  return `${outcome} ${reason}`
}

async function actionsOf(): Promise<readonly string[]> {
  const { items } = await deployment.store.administration.read.auditLog.search({}, { limit: 100, oldestFirst: true })
  return items.map(({ entry }) => `${entry.action} ${entry.outcome}`)
}

function refused(code: ApplicationError['code']): object {
  return expect.objectContaining({ code })
}

describe('import', () => {
  it('imports all tokens of a good list, unassigned and enabled', async () => {
    expect(await imported(['T1', 'T2'])).toMatchObject({ outcome: 'imported', format: 'csv', inserted: 2 })
    const token = await deployment.ports.administration.read.tokens.findBySerial('T1')
    expect(token?.record).toMatchObject({ enabled: true, userId: null, windows: { small: 30, medium: 90, large: 300 } })
  })

  it('imports nothing of a list with one bad line, and names the line', async () => {
    const report = await importTokens(deployment.ports, COMMAND, {
      source: (async function* () {
        yield* totpList(['T1'])
        yield Buffer.from('T2, nothex, TOTP, 6, 30\n')
      })(),
      format: 'csv',
      securityDomainId: 'root',
      duplicates: 'skip',
      origin: 'list.csv',
    })
    expect(report).toMatchObject({ outcome: 'refused', inserted: 0, errorCount: 1, errors: [{ serial: 'T2' }] })
    expect(await deployment.ports.administration.read.tokens.findBySerial('T1')).toBeUndefined()
  })

  it('refuses, skips or replaces what is there already, as asked', async () => {
    await ada()
    expect(await imported(['T1', 'T9'])).toMatchObject({ outcome: 'refused', duplicateCount: 1 })
    expect(await imported(['T1', 'T9'], { duplicates: 'skip' })).toMatchObject({ inserted: 1, skipped: 1 })
    expect(await imported(['T1', 'T8'], { duplicates: 'replace' })).toMatchObject({ inserted: 1, replaced: 1 })
    expect((await deployment.ports.administration.read.tokens.findBySerial('T1'))?.username).toBe('ada')
  })

  it.each([
    ['sdtid with a wrong one', sampleFile.replace('</UserLogin>', 'x</UserLogin>'), {}],
    ['PSKC without one', pskcWithoutMacs, { preSharedKey: new Uint8Array(16).fill(1) }],
  ])('takes tokens that their MAC does not prove only when told to, and records that: %s', async (_, text, opening) => {
    const importing = (ignoreTokenMacs: boolean) =>
      imported([], { source: Readable.from([Buffer.from(text)]), ...opening, ignoreTokenMacs })
    expect(await importing(false)).toMatchObject({ outcome: 'refused', inserted: 0, errorCount: 1 })
    expect(await importing(true)).toMatchObject({ outcome: 'imported', inserted: 1 })
    const { items } = await deployment.store.administration.read.auditLog.search({}, { limit: 9 })
    const facts = items.map(({ entry }) => entry.after)
    expect(facts).toContainEqual(expect.objectContaining({ inserted: 1, ignoreTokenMacs: true }))
  })

  it('refuses a counter that the store could not follow, and names the record', async () => {
    const importing = (counter: bigint) => {
      const link = `otpauth://hotp/far?secret=GEZDGNBVGY3TQOJQ&counter=${counter}`
      return imported([], { source: Readable.from([Buffer.from(link)]) })
    }
    expect(await importing(2n ** 64n - 1n)).toMatchObject({
      outcome: 'refused',
      errors: [{ code: 'limit-exceeded', serial: 'far', field: 'counter' }],
    })
    expect(await importing(2n ** 62n)).toMatchObject({ outcome: 'imported', inserted: 1 })
  })

  it('stores nothing on a dry run and says what it would do', async () => {
    expect(await imported(['T1'], { dryRun: true })).toMatchObject({ outcome: 'dry-run', inserted: 1 })
    expect(await deployment.ports.administration.read.tokens.findBySerial('T1')).toBeUndefined()
  })
})

describe('the ordinary calls', () => {
  it('lets a user in with the PIN that was set and the code the token shows', async () => {
    await ada()
    const { pin } = await setPin(deployment.ports, COMMAND, { token: 'T1' })
    expect(await logIn(`${pin}${codeNow(deployment)}`)).toBe('challenge new-pin-required')
  })

  it('keeps a user to three tokens', async () => {
    await ada()
    for (const token of ['T2', 'T3']) await assignToken(deployment.ports, COMMAND, { token, user: 'ada' })
    await expect(assignToken(deployment.ports, COMMAND, { token: 'T4', user: 'ada' })).rejects.toEqual(
      refused('TOO_MANY_TOKENS'),
    )
  })

  it('clears a PIN but not its history: the user must choose another one', async () => {
    await ada()
    const set = (pin: string) => setPin(deployment.ports, COMMAND, { token: 'T1', pin })
    await set('4938')
    await set('6149')
    expect((await clearPin(deployment.ports, COMMAND, { token: 'T1' })).state).toMatchObject({ pin: null })
    for (const pin of ['4938', '6149']) await expect(set(pin)).rejects.toEqual(refused('PIN_REFUSED'))
    await set('7205')
    await expect(set('6149')).rejects.toEqual(refused('PIN_REFUSED'))
  })

  it('takes the PIN and emergency access away with the token', async () => {
    await ada()
    await setPin(deployment.ports, COMMAND, { token: 'T1', pin: '4938' })
    const token = await unassignToken(deployment.ports, COMMAND, { token: 'T1' })
    expect([token.record.userId, token.state.pin]).toEqual([null, null])
  })

  it('resynchronises a token that is eleven hours off', async () => {
    await ada()
    const steps = -11 * 120
    const codes = { first: codeNow(deployment, steps), second: codeNow(deployment, steps + 1) }
    const result = await resynchroniseToken(deployment.ports, COMMAND, { token: 'T1', ...codes })
    expect(result).toMatchObject({ outcome: 'resynchronised', reason: 'resynchronised' })
    await clearPin(deployment.ports, COMMAND, { token: 'T1' })
    expect(await logIn(codeNow(deployment, steps + 2))).toBe('challenge new-pin-required')
  })

  it('sets a token back only when asked to, with a permission of its own', async () => {
    await ada()
    const pair = (at: number) => ({ token: 'T1', first: codeNow(deployment, at), second: codeNow(deployment, at + 1) })
    await resynchroniseToken(deployment.ports, COMMAND, pair(0))
    expect(await resynchroniseToken(deployment.ports, COMMAND, pair(-100))).toMatchObject({ outcome: 'refused' })
    await unlockUser(deployment.ports, COMMAND, { user: 'ada' })
    await expect(
      resynchroniseToken(deployment.ports, administratorWith('help-desk'), { ...pair(-100), setBack: true }),
    ).rejects.toEqual(refused('NOT_AUTHORISED'))
    expect(await resynchroniseToken(deployment.ports, COMMAND, { ...pair(-100), setBack: true })).toMatchObject({
      outcome: 'resynchronised',
      reason: 'resynchronised-after-setback',
    })
  })

  it('lets the old token go at the first use of its replacement, and not before', async () => {
    await ada()
    const { replacement } = await replaceToken(deployment.ports, COMMAND, { token: 'T1', replacement: 'T2' })
    expect(await settleReplacement(deployment.ports, COMMAND, { user: 'ada' })).toEqual([])
    const { read } = deployment.ports.administration
    await deployment.ports.administration.transaction((tx) =>
      tx.tokens.update({
        tokenId: replacement.record.id,
        version: replacement.state.version,
        state: { ...replacement.state, lastAcceptedAt: deployment.clock.now() },
      }),
    )
    expect(await settleReplacement(deployment.ports, COMMAND, { user: 'ada' })).toEqual(['T1'])
    expect((await read.tokens.findBySerial('T1'))?.record.userId).toBeNull()
  })

  it('replaces by the next available token of the same kind', async () => {
    await ada()
    const { replacement } = await replaceToken(deployment.ports, COMMAND, { token: 'T1' })
    expect(replacement.record.serial).toMatch(/^T[234]$/)
  })
})

describe('emergency access', () => {
  const settings = () => ({
    method: { type: 'one-time-set', count: 3 } as const,
    expiresAt: addMs(deployment.clock.now(), 3_600_000),
    ifTokenBecomesAvailable: 'deny' as const,
  })

  it('makes codes valid when they are saved and not when they are generated', async () => {
    await ada()
    await setPin(deployment.ports, COMMAND, { token: 'T1', pin: '4938' })
    const proposed = await proposeEmergencyAccess(deployment.ports, COMMAND, { token: 'T1', settings: settings() })
    const [code = ''] = proposed.codes
    expect(await logIn(`4938${code}`)).toMatch(/^reject/)
    const again = await proposeEmergencyAccess(deployment.ports, COMMAND, { token: 'T1', settings: settings() })
    const { sealedProposal } = again
    await saveEmergencyAccess(deployment.ports, COMMAND, { token: 'T1', sealedProposal })
    expect(await logIn(`4938${again.codes[0] ?? ''}`)).not.toMatch(/^reject/)
    expect(await logIn(`4938${code}`)).toMatch(/^reject/)
  })

  it('saves a proposal once: used codes cannot be brought back', async () => {
    await ada()
    const proposed = await proposeEmergencyAccess(deployment.ports, COMMAND, { token: 'T1', settings: settings() })
    const request = { token: 'T1', sealedProposal: proposed.sealedProposal }
    await saveEmergencyAccess(deployment.ports, COMMAND, request)
    await expect(saveEmergencyAccess(deployment.ports, COMMAND, request)).rejects.toEqual(
      refused('EMERGENCY_PROPOSAL_INVALID'),
    )
    await endEmergencyAccess(deployment.ports, COMMAND, { token: 'T1' })
    await expect(endEmergencyAccess(deployment.ports, COMMAND, { token: 'T1' })).rejects.toEqual(
      refused('NO_EMERGENCY_ACCESS'),
    )
  })

  it('keeps the codes out of the audit', async () => {
    await ada()
    const proposed = await proposeEmergencyAccess(deployment.ports, COMMAND, { token: 'T1', settings: settings() })
    await saveEmergencyAccess(deployment.ports, COMMAND, { token: 'T1', sealedProposal: proposed.sealedProposal })
    const { items } = await deployment.store.administration.read.auditLog.search({}, { limit: 100 })
    for (const code of proposed.codes) expect(JSON.stringify(items)).not.toContain(code)
  })
})

it('audits what was done, and what was refused for lack of a right', async () => {
  await ada()
  await expect(disableToken(deployment.ports, administratorWith('help-desk'), { token: 'T1' })).rejects.toEqual(
    refused('NOT_AUTHORISED'),
  )
  expect((await actionsOf()).toSorted()).toEqual([
    'assign-token success',
    'create-user success',
    'disable-token failure',
    'import-tokens success',
  ])
})
