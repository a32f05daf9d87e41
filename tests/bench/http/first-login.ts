import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '@driftlock/sql/testing'
import {
  type AgentInstance,
  initializeMessage,
  oneStep,
  passcodeOf,
  startAgentInstance,
} from '../../agent-api/testing/agent-instance.ts'

const MAIN = fileURLToPath(new URL('../../../apps/driftlock/main.ts', import.meta.url))
const PATIENCE_MS = 20_000

/** Milliseconds from starting `driftlock serve` on an existing data folder to its first accepted log-on. */
export async function firstLoginMs(): Promise<number> {
  const prepared = await startAgentInstance({ name: 'prepared' })
  const holder = await prepared.addHolder('first')
  const folder = prepared.instance.dataFolder.path
  await prepared.running.stop(2000)
  const port = await freePort()
  const args = [
    MAIN,
    'serve',
    '--data',
    folder,
    '--port',
    String(port),
    '--set',
    'radius.enabled=false',
    'log.level=warn',
  ]
  const startedMs = performance.now()
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  try {
    await untilAccepted(prepared, `http://127.0.0.1:${port}`, passcodeOf(holder))
    return performance.now() - startedMs
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
    await prepared.close()
  }
}

async function untilAccepted(prepared: AgentInstance, url: string, passcode: string): Promise<void> {
  const body = JSON.stringify(initializeMessage(prepared, 'first', oneStep(passcode)))
  const headers = { 'content-type': 'application/json', 'client-key': prepared.clientKey }
  for (const deadlineMs = performance.now() + PATIENCE_MS; performance.now() < deadlineMs; await sleep(10)) {
    const response = await fetch(`${url}/mfa/v1_1/authn/initialize`, { method: 'POST', headers, body }).catch(
      () => undefined,
    )
    if (response === undefined) continue
    const answer = await response.text()
    if (answer.includes('"attemptResponseCode":"SUCCESS"')) return
    throw new Error(`The first log-on was not accepted: ${answer}`)
  }
  throw new Error('No instance answered.')
}
