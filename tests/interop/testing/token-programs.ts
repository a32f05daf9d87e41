import { execFileSync } from 'node:child_process'
import { writeCtf } from '@driftlock/formats'
import type { TokenHolder } from './radius-instance.ts'

/**
 * The code a TOTP token showed when it was handed out, computed by oathtool (Debian package oathtool). @param aheadSteps so
 * many codes from then; a test need not wait for the next one, because the token's window is wide.
 */
export function oathtoolCode({ seed, madeAtMs }: TokenHolder, aheadSteps = 0): string {
  const at = new Date(madeAtMs + aheadSteps * 30_000).toISOString().replace('T', ' ').replace(/\..*/, ' UTC')
  // Standard input, so that the seed is in no process list.
  const options = { input: Buffer.from(seed).toString('hex'), encoding: 'utf8' } as const
  return execFileSync('oathtool', ['--totp', '--now', at, '-'], options).trim()
}

/** The same of a SecurID-format token, computed by stoken (Debian package stoken) from a compressed token string. */
export function stokenCode({ seed, serial, madeAtMs }: TokenHolder, aheadSteps = 0): string {
  const token = {
    serial,
    seed,
    digits: 6,
    intervalSeconds: 60,
    pinMode: 0,
    death: '2039-12-31',
    mode: true,
    timeDerivedSeeds: true,
    appDerivedSeeds: false,
  } as const
  const ctf = writeCtf({ version: 2, token, spelling: 'digits' })
  const at = Math.floor(madeAtMs / 1000) + aheadSteps * 60
  const args = ['tokencode', '--token', ctf, '--use-time', String(at), '--force', '--batch', '--pin', '0000']
  return execFileSync('stoken', args, { encoding: 'utf8' }).trim()
}
