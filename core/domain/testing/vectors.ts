import { step, type Step, unixMs } from '../time.ts'
import { type CodeSourceRecord, codeSource } from '../tokencode/code-source.ts'
import { mixPin, unmixPin } from '../tokencode/pinpad.ts'
import { stepAt } from '../tokencode/steps.ts'
import type { TokencodeAlgorithm } from '../token/token.ts'

/** The vector files of `shared/vectors`, checked without Node so that a browser can do the same. */
interface OathToken {
  readonly type: 'hotp' | 'totp'
  readonly alg: 'SHA1' | 'SHA256' | 'SHA512'
  readonly secret: string
  readonly digits: number
  readonly period?: number
  readonly t0?: number
}

interface OathCase extends OathToken {
  readonly counter?: string
  readonly time?: number
  readonly code: string
}

export interface OathVectors {
  readonly cases: readonly OathCase[]
  readonly runs: readonly (OathToken & {
    readonly counterFrom?: string
    readonly timeFrom?: number
    readonly codes: readonly string[]
  })[]
  readonly base32: readonly OathCase[]
}

interface SecuridToken {
  readonly seed: string
  readonly serial: string
  readonly digits: number
  readonly interval: number
}

export interface SecuridVectors {
  readonly cases: readonly (SecuridToken & {
    readonly time: number
    readonly pin: string | null
    readonly tokencode: string
    readonly passcode: string | null
  })[]
  readonly runs: readonly (SecuridToken & { readonly timeFrom: number; readonly codes: readonly string[] })[]
}

interface Tally {
  readonly checked: number
  readonly faults: readonly string[]
}

export interface VectorOutcome {
  readonly oath: Tally
  readonly securid: Tally
  readonly passcodes: Tally
}

/** Computes every code of both files. @returns how many were compared, and the ones that differ. */
export function checkVectors(oath: OathVectors, securid: SecuridVectors): VectorOutcome {
  return {
    oath: tally(oathPairs(oath)),
    securid: tally(securidPairs(securid)),
    passcodes: tally(passcodePairs(securid)),
  }
}

type Pair = readonly [expected: string, got: string]

function tally(pairs: readonly Pair[]): Tally {
  const faults = pairs.flatMap(([expected, got], at) =>
    expected === got ? [] : [`#${at}: ${got} instead of ${expected}`],
  )
  return { checked: pairs.length, faults }
}

function oathPairs(vectors: OathVectors): Pair[] {
  const single = [...vectors.cases, ...vectors.base32].map((one): Pair => {
    const record = oathRecord(one)
    return [one.code, codeSource(record, bytes(one.secret)).code(firstStep(record, one.counter, one.time))]
  })
  const runs = vectors.runs.flatMap((run): Pair[] => {
    const record = oathRecord(run)
    const first = firstStep(record, run.counterFrom, run.timeFrom)
    const codes = codeSource(record, bytes(run.secret)).codes(first, step(first + BigInt(run.codes.length - 1)))
    return run.codes.map((code, index) => [code, codes[index] ?? 'nothing'])
  })
  return [...single, ...runs]
}

function firstStep(record: CodeSourceRecord, counter: string | undefined, time: number | undefined): Step {
  return counter === undefined ? stepAt(record, unixMs((time ?? Number.NaN) * 1000)) : step(BigInt(counter))
}

function oathRecord(token: OathToken): CodeSourceRecord {
  return {
    kind: token.type,
    // The files write the RFC's upper case.
    algorithm: token.alg.toLowerCase() as TokencodeAlgorithm,
    digits: token.digits,
    intervalSeconds: token.period ?? 0,
    serial: 'OATH',
    t0Seconds: token.t0 ?? 0,
  }
}

function securidPairs(vectors: SecuridVectors): Pair[] {
  const single = vectors.cases.map((one): Pair => {
    const record = securidRecord(one)
    return [one.tokencode, codeSource(record, bytes(one.seed)).code(stepAt(record, unixMs(one.time * 1000)))]
  })
  const runs = vectors.runs.flatMap((run): Pair[] => {
    const record = securidRecord(run)
    const first = stepAt(record, unixMs(run.timeFrom * 1000))
    const codes = codeSource(record, bytes(run.seed)).codes(first, step(first + BigInt(run.codes.length - 1)))
    return run.codes.map((code, index) => [code, codes[index] ?? 'nothing'])
  })
  return [...single, ...runs]
}

function passcodePairs(vectors: SecuridVectors): Pair[] {
  return vectors.cases.flatMap(({ pin, tokencode, passcode }): Pair[] => {
    if (pin === null || passcode === null) return []
    const effectivePin = pin.slice(-tokencode.length).padStart(tokencode.length, '0')
    const undone = unmixPin(passcode, tokencode)
    return [[`${passcode} ${effectivePin}`, `${mixPin(tokencode, pin)} ${undone}`]]
  })
}

function securidRecord(token: SecuridToken): CodeSourceRecord {
  const { serial, digits, interval } = token
  return { kind: 'securid', algorithm: 'aes-128', digits, intervalSeconds: interval, serial, t0Seconds: 0 }
}

/** @returns the bytes of a hexadecimal text. */
export function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
