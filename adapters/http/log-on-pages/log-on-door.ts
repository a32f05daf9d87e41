import type { Question, SelfServiceWelcome } from '@driftlock/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PageConsole } from './page.ts'

/** One step of a log-on, as the API takes it. */
export type LogOnStep =
  | {
      readonly type: 'log-on'
      readonly username: string
      readonly secret: string
      readonly method: 'password' | 'passcode'
    }
  | { readonly type: 'administrator'; readonly username: string; readonly password: string; readonly passcode: string }
  | { readonly type: 'troubleshooting'; readonly username: string; readonly password: string }
  | { readonly type: 'set-up'; readonly username: string; readonly setupCode: string; readonly newPassword: string }
  | { readonly type: 'answer'; readonly username: string; readonly continuation: string; readonly answer: string }

export type DoorAnswer =
  | { readonly status: 'logged-on' }
  | { readonly status: 'question'; readonly continuation: string; readonly question: Question }
  /** The code of the problem that the API would answer. */
  | { readonly status: 'refused'; readonly code: string }

/** The session API behind the pages: the same checks, budgets and cookies as for whoever calls it by script. */
export interface LogOnDoor {
  welcome(): Promise<SelfServiceWelcome>
  /** Takes one step; a session that begins has set its cookie on the reply. */
  step(console: PageConsole, step: LogOnStep, exchange: Exchange): Promise<DoorAnswer>
}

export interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}
