import {
  assignToken,
  authenticate,
  authenticateAndSettle,
  createUser,
  distributeToken,
  explainPasscodeFor,
  importTokens,
  isApplicationError,
  redistributeTokens,
  replaceToken,
  setPin,
  undoRedistribution,
} from '@driftlock/application'
import { codeSource, stepAt } from '@driftlock/domain'
import { parseOtpauth, readCtf, readSdtid, writeSdtid } from '@driftlock/formats'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { codeNow, COMMAND, type Deployment, openDeployment, SEED, totpList } from './testing/deployment.ts'

let deployment: Deployment
const otpauth = { type: 'otpauth', issuer: 'Example' } as const

beforeEach(async () => {
  deployment = await openDeployment()
  const { ports } = deployment
  const file = {
    source: totpList(['T1', 'T2']),
    format: 'csv',
    securityDomainId: 'root',
    duplicates: 'refuse',
  } as const
  await importTokens(ports, COMMAND, {
    ...file,
    origin: 'list.csv',
    passcodeStyle: 'tokencode-only',
    formFactor: 'software',
  })
  await createUser(ports, COMMAND, { username: 'ada', securityDomainId: 'root' })
  await assignToken(ports, COMMAND, { token: 'T1', user: 'ada' })
})
afterEach(() => deployment.close())

async function logIn(passcode: string): Promise<string> {
  const origin = { actor: { type: 'agent', id: 'vpn', name: 'vpn' } } as const
  const entry = { type: 'passcode', passcode } as const
  return (await authenticate(deployment.logins, { username: 'ada', entry, origin })).outcome
}

function codeOf(link: string): string {
  const { secret, account: _account, issuer: _issuer, ...token } = parseOtpauth(link)
  const record = { ...token, serial: 'T1' }
  return codeSource(record, secret).code(stepAt(record, deployment.clock.now()))
}

async function redistributed(): Promise<string> {
  const request = { tokens: ['T1'], confirmedCount: 1, method: otpauth }
  const [made] = await redistributeTokens(deployment.ports, COMMAND, request)
  return made?.text ?? ''
}

it('hands out the seed the token has, and leaves copies that are out good', async () => {
  const { text } = await distributeToken(deployment.ports, COMMAND, { token: 'T1', method: otpauth })
  expect(parseOtpauth(text)).toMatchObject({ account: 'ada', issuer: 'Example', secret: SEED })
  expect(await logIn(codeNow(deployment))).toBe('accept')
})

it('keeps the old copy good until the new one is first used, and then voids it', async () => {
  const link = await redistributed()
  expect(await logIn(codeNow(deployment))).toBe('accept')
  deployment.clock.advanceMs(60_000)
  expect(await logIn(codeOf(link))).toBe('accept')
  deployment.clock.advanceMs(60_000)
  expect(await logIn(codeNow(deployment))).toBe('reject')
  const { sentences } = await explainPasscodeFor(deployment.ports, COMMAND, {
    user: 'ada',
    passcode: codeNow(deployment),
  })
  expect(sentences.join(' ')).toContain('redistributed')
})

it('undoes a redistribution before its first use, and not after', async () => {
  const link = await redistributed()
  await undoRedistribution(deployment.ports, COMMAND, { token: 'T1' })
  expect(await logIn(codeOf(link))).toBe('reject')
  expect(await logIn(codeNow(deployment))).toBe('accept')
  await expect(undoRedistribution(deployment.ports, COMMAND, { token: 'T1' })).rejects.toSatisfy((error) =>
    isApplicationError(error, 'NO_PENDING_DISTRIBUTION'),
  )
})

it('redistributes nothing when another number of tokens was confirmed, or one of them cannot be', async () => {
  const ask = (tokens: readonly string[], confirmedCount: number) =>
    redistributeTokens(deployment.ports, COMMAND, { tokens, confirmedCount, method: otpauth })
  await expect(ask(['T1', 'T2'], 1)).rejects.toSatisfy((error) => isApplicationError(error, 'COUNT_NOT_CONFIRMED'))
  await expect(ask(['T1', 'T2'], 2)).rejects.toSatisfy((error) => isApplicationError(error, 'TOKEN_NOT_ASSIGNED'))
  const token = await deployment.ports.administration.read.tokens.findBySerial('T1')
  expect(token?.state.pendingSeed).toBe(false)
})

it('keeps seeds out of the audit', async () => {
  const link = await redistributed()
  const secret = new URL(link).searchParams.get('secret') ?? 'none'
  const { items } = await deployment.ports.administration.read.auditLog.search({}, { limit: 100 })
  expect(JSON.stringify(items)).not.toContain(secret)
})

it('writes an imported SecurID-format token as a password-protected file and as a CTF string', async () => {
  const { ports } = deployment
  const seed = new Uint8Array(16).fill(9)
  const attributes = { digits: 8, intervalSeconds: 60, pinMode: 0, copyProtection: true, keypad: false } as const
  const derived = { timeDerivedSeeds: true, appDerivedSeeds: false, formFactor: '20000001', death: '2030-12-31' }
  const text = writeSdtid({
    tokens: [{ serial: '000123456789', seed, ...attributes, ...derived }],
    secret: new Uint8Array(16).fill(3),
    password: 'open sesame',
  })
  const file = { format: 'auto', securityDomainId: 'root', duplicates: 'refuse', origin: 'one.sdtid' } as const
  const source = async function* () {
    yield Buffer.from(text)
  }
  expect(await importTokens(ports, COMMAND, { ...file, source: source() })).toMatchObject({ outcome: 'refused' })
  const report = await importTokens(ports, COMMAND, { ...file, source: source(), password: 'open sesame' })
  expect(report).toMatchObject({ outcome: 'imported', format: 'sdtid', inserted: 1 })
  const token = '000123456789'
  const stored = await ports.administration.read.tokens.findBySerial(token)
  expect(stored?.record).toMatchObject({ formFactor: 'software', expiresAt: Date.UTC(2031, 0, 1) })
  await assignToken(ports, COMMAND, { token, user: 'ada' })
  await setPin(ports, COMMAND, { token })
  const sdtid = await distributeToken(ports, COMMAND, { token, method: { type: 'sdtid', password: 'for ada' } })
  const records = await Array.fromAsync(readSdtid([Buffer.from(sdtid.text)], { password: 'for ada' }))
  expect(records).toMatchObject([{ ok: true, token: { serial: token, seed, death: '2030-12-31' } }])
  const ctf = await distributeToken(ports, COMMAND, { token, method: { type: 'ctf', spelling: 'digits' } })
  expect(readCtf(ctf.text)).toMatchObject({ serial: token, seed, digits: 8, death: '2030-12-31' })
})

it('takes the old token away at the first log-on with its replacement, and not before', async () => {
  const { ports, logins, clock } = deployment
  const other = new Uint8Array(20).fill(0x42)
  const file = { source: totpList(['T3'], '42'.repeat(20)), format: 'csv', securityDomainId: 'root' } as const
  const more = { duplicates: 'refuse', origin: 'other.csv', passcodeStyle: 'tokencode-only' } as const
  await importTokens(ports, COMMAND, { ...file, ...more })
  await replaceToken(ports, COMMAND, { token: 'T1', replacement: 'T3' })
  const settled = async (passcode: string) => {
    const origin = { actor: { type: 'agent', id: 'vpn', name: 'vpn' } } as const
    const request = { username: 'ada', entry: { type: 'passcode', passcode }, origin } as const
    expect(await authenticateAndSettle({ ...logins, ...ports }, request)).toMatchObject({ outcome: 'accept' })
    const { items } = await ports.administration.read.tokens.search({ assigned: true }, { limit: 9 })
    return items.map(({ record }) => record.serial)
  }
  clock.advanceMs(60_000)
  expect(await settled(codeNow(deployment))).toEqual(['T1', 'T3'])
  clock.advanceMs(60_000)
  expect(await settled(codeNow(deployment, 0, other))).toEqual(['T3'])
})
