import type {
  AdministrationContext,
  AdministrationPorts,
  AuthenticationPorts,
  ClockGuard,
  PasswordHasher,
} from '@driftlock/application'
import type { DataKeyRing, KeyRingParts } from '@driftlock/keys'
import type { Store } from '@driftlock/sql'
import type { Command } from 'commander'
import { EXIT_CODES } from '../terminal/exit-code.ts'
import { reportFailure } from '../terminal/report-failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { show, type View } from '../terminal/view.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean
}

/** A data folder opened by the shell, beside whatever instance runs on it. */
export interface OpenDataFolder {
  readonly folder: string
  /** Path or address of the database. */
  readonly database: string
  readonly store: Store
  readonly ports: AdministrationPorts & { readonly clockGuard: ClockGuard; readonly passwords: PasswordHasher }
  readonly authentication: AuthenticationPorts
  /** Who acts: the shell, under the name of the operating system's user. */
  readonly context: AdministrationContext
  readonly keyRing: DataKeyRing
  readonly keyRingParts: KeyRingParts
  close(): Promise<void>
}

/** What the entry of the program gives to every command. */
export interface CommandShell {
  readonly terminal: Terminal
  /** @throws CommandError, KeyRingError, StoreError. */
  openDataFolder(options: GlobalOptions): Promise<OpenDataFolder>
}

/** What was typed after the command's name. */
export interface Given<O> {
  readonly args: readonly string[]
  readonly options: O & GlobalOptions
  readonly terminal: Terminal
}

type Action = (...given: unknown[]) => Promise<void>

/** An action that needs no data folder: shows its view, or why it failed, and sets the exit code. */
export function answering<O extends object>(
  { terminal }: CommandShell,
  work: (given: Given<O>) => Promise<View>,
): Action {
  return async (...all) => {
    const command = all.at(-1) as Command // commander hands itself over as the last argument of an action
    const options = command.optsWithGlobals<O & GlobalOptions>()
    const json = options.json === true
    try {
      const view = await work({ args: command.args, options, terminal })
      show(view, terminal, json)
      process.exitCode = EXIT_CODES[view.exit ?? 'ok'].number
    } catch (error) {
      process.exitCode = reportFailure(error, terminal, json)
    }
  }
}

/** An action on an open data folder, which is closed before the command ends, whatever happened. */
export function administering<O extends object>(
  shell: CommandShell,
  work: (open: OpenDataFolder, given: Given<O>) => Promise<View>,
): Action {
  return answering<O>(shell, async (given) => {
    const open = await shell.openDataFolder(given.options)
    try {
      for (const warning of open.store.warnings) shell.terminal.stderr.write(`Warning: ${warning}\n`)
      return await work(open, given)
    } finally {
      await open.close()
    }
  })
}

/** A positional argument that commander made sure of. */
export function argument({ args }: Pick<Given<object>, 'args'>, at = 0): string {
  return args[at] ?? ''
}
