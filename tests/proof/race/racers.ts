import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { authenticate } from '@driftlock/application'
import type { Instance } from '../../../apps/driftlock/instance/open-instance.ts'

/** One passcode, entered so many times at once. */
export interface Heat {
  readonly username: string
  readonly passcode: string
  readonly times: number
}

/** Something that enters passcodes: this process or another. */
export interface Racers {
  /** @returns the outcomes, each of them `accept`, `reject` or `challenge`. */
  run(heat: Heat): Promise<readonly string[]>
  close(): Promise<void>
}

const origin = { actor: { type: 'agent', id: 'race', name: 'race' } } as const

export async function runHere(instance: Instance, { username, passcode, times }: Heat): Promise<readonly string[]> {
  const request = { username, entry: { type: 'passcode', passcode }, origin } as const
  const results = await Promise.all(Array.from({ length: times }, () => authenticate(instance.authentication, request)))
  return results.map(({ outcome }) => outcome)
}

export function racersHere(instance: Instance): Racers {
  return { run: (heat) => runHere(instance, heat), close: async () => undefined }
}

/** Where another process finds the deployment. */
export interface Place {
  readonly dataFolder: string
  readonly database: string
  readonly name: string
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as readonly unknown[] // the arguments of the event
  return message
}

/** A process of its own that is an instance of the deployment. */
export async function racersElsewhere(place: Place): Promise<Racers> {
  const program = fileURLToPath(new URL('./racing-process.ts', import.meta.url))
  const child = fork(program, [place.dataFolder, place.database, place.name])
  await answerOf(child)
  return {
    async run(heat) {
      const answer = answerOf(child)
      child.send(heat)
      return (await answer) as readonly string[] // racing-process answers with outcomes
    },
    async close() {
      const exit = once(child, 'exit')
      child.disconnect()
      await exit
    },
  }
}
