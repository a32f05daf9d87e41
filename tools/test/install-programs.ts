import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import type { Program } from './programs.ts'

const policyPath = '/usr/sbin/policy-rc.d'

/**
 * Installs the packages with apt-get; needs root. No daemon of theirs is started: the tests start what they need.
 * @throws Error when apt-get fails; its own output has been shown by then.
 */
export function installPrograms(missing: readonly Program[]): void {
  const packages = missing.map((program) => program.package)
  console.log(`installing for the tests: ${packages.join(' ')}`)
  withoutStartingDaemons(() => {
    aptGet(['update', '-qq'])
    aptGet(['install', '-y', '-qq', '--no-install-recommends', ...packages])
  })
}

/** Debian asks policy-rc.d before it starts a service; 101 means "not allowed". A policy already there is respected. */
function withoutStartingDaemons(install: () => void): void {
  if (existsSync(policyPath)) {
    install()
    return
  }
  writeFileSync(policyPath, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    install()
  } finally {
    rmSync(policyPath, { force: true })
  }
}

function aptGet(args: readonly string[]): void {
  const { status } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} ended with ${status ?? 'a signal'}`)
}
