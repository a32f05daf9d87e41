import type { Command } from 'commander'

/**
 * One command of the shell: its name and summary are known without loading it; `load` brings the module that adds options
 * and action. A command file exports `define`, which is given the command that carries its name.
 */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<{ readonly define: (command: Command) => void }>
}
