import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@driftlock/sql/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Dialogue, type ExpectedQuestion, expectDialogue } from './testing/expect-dialogue.ts'
import { makePamService, type PamService } from './testing/pam-service.ts'
import { type HolderOptions, type RadiusInstance, SECRET, startRadiusInstance } from './testing/radius-instance.ts'
import { oathtoolCode } from './testing/token-programs.ts'

let server: RadiusInstance
let service: PamService
let sshd: ChildProcess
let port: number
const accounts: string[] = []

beforeAll(async () => {
  server = await startRadiusInstance()
  service = makePamService('sshd', server.port, SECRET)
  port = await freePort()
  sshd = startSshd()
  await untilOpen()
})
afterAll(async () => {
  sshd.kill()
  if (sshd.exitCode === null && sshd.signalCode === null) await once(sshd, 'exit')
  for (const account of accounts) execFileSync('userdel', [account], { stdio: 'pipe' })
  service.remove()
  await server.close()
})
beforeEach(() => server.setClient())

/** OpenSSH's server under our PAM service, with a host key and a configuration of its own. */
function startSshd(): ChildProcess {
  const hostKey = join(service.folder, 'host-key')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', hostKey])
  mkdirSync('/run/sshd', { recursive: true }) // where sshd separates its privileges; the system's own makes it, too
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKey}`,
    'PidFile none',
    'UsePAM yes',
    'KbdInteractiveAuthentication yes',
    'PasswordAuthentication no',
    'PubkeyAuthentication no',
    'PrintMotd no',
    'UseDNS no',
  ]
  // Up to OpenSSH 9.7 the service is the name sshd was started under, later a setting.
  const program = join(service.folder, service.name)
  symlinkSync('/usr/sbin/sshd', program)
  const configuration = join(service.folder, 'sshd_config')
  writeFileSync(configuration, `${[...lines, `PAMServiceName ${service.name}`].join('\n')}\n`)
  const knowsSetting = spawnSync(program, ['-t', '-f', configuration]).status === 0
  if (!knowsSetting) writeFileSync(configuration, `${lines.join('\n')}\n`)
  return spawn(program, ['-D', '-e', '-f', configuration], { stdio: 'ignore' })
}

async function untilOpen(): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const socket = createConnection(port, '127.0.0.1')
    const opened = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    socket.destroy()
    if (opened) return
    await sleep(50)
  }
  throw new Error('sshd did not open its port.')
}

/** A holder who also has an account on this machine, until the tests end. */
async function addAccount(name: string, options?: HolderOptions) {
  const username = `dl-${name}-${process.pid}`
  execFileSync('useradd', ['--no-create-home', '--home-dir', '/', '--shell', '/bin/sh', username], { stdio: 'pipe' })
  accounts.push(username)
  return server.addHolder(username, options)
}

function logOn(username: string, questions: readonly ExpectedQuestion[]): Promise<Dialogue> {
  const options = ['-F', 'none', '-p', String(port), '-o', 'StrictHostKeyChecking=no', '-o', 'LogLevel=ERROR']
  const more = ['-o', 'UserKnownHostsFile=/dev/null', '-o', 'PreferredAuthentications=keyboard-interactive']
  const attempts = ['-o', 'NumberOfPasswordPrompts=1']
  return expectDialogue(
    ['ssh', ...options, ...more, ...attempts, `${username}@127.0.0.1`, 'echo in as $(id -un)'],
    questions,
  )
}

const first = (answer: string) => ({ text: 'Password: ', answer })

it('lets a user in over SSH with PIN and tokencode', async () => {
  const ada = await addAccount('ada')
  const { screen, status } = await logOn(ada.username, [first(ada.pin + oathtoolCode(ada))])
  expect(screen).toContain(`in as ${ada.username}`)
  expect(status).toBe(0)
})

it('keeps a user out with a wrong passcode', async () => {
  const bob = await addAccount('bob')
  const { screen, status } = await logOn(bob.username, [first(`${bob.pin}000000`)])
  expect(screen).not.toContain('in as')
  expect(status).not.toBe(0)
})

it('asks for the next tokencode over SSH', async () => {
  const cleo = await addAccount('cleo', { badTokencodeCount: 3 })
  const { screen } = await logOn(cleo.username, [
    first(cleo.pin + oathtoolCode(cleo)),
    { text: 'Wait for the tokencode to change, then enter the new tokencode: ', answer: oathtoolCode(cleo, 1) },
  ])
  expect(screen).toContain(`in as ${cleo.username}`)
})

it('leads through a new PIN over SSH, with a bad PIN and a mismatch first', async () => {
  const dan = await addAccount('dan', { pin: '' })
  const { screen } = await logOn(dan.username, [
    first(oathtoolCode(dan)),
    { text: 'Enter your new PIN of 4 to 8 digits: ', answer: '12' },
    { text: 'PIN rejected: The PIN is too short.', answer: '5937' },
    { text: 'Please re-enter new PIN: ', answer: '5938' },
    { text: 'Pins do not match--Please try again.', answer: '5937' },
    { text: 'Please re-enter new PIN: ', answer: '5937' },
    { text: 'Enter PASSCODE: ', answer: `5937${oathtoolCode(dan, 1)}` },
  ])
  expect(screen).toContain(`in as ${dan.username}`)
})
