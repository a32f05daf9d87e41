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

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'make a data folder with its master key and the first administrator',
    load: () => import('./init.ts'),
  },
  { name: 'user', summary: 'users: create, find, enable, unlock, delete', load: () => import('./user.ts') },
  { name: 'domain', summary: 'security domains: the tree that everything hangs on', load: () => import('./domain.ts') },
  {
    name: 'token',
    summary: 'tokens: import, assign, resynchronise, PINs, emergency access, distribution',
    load: () => import('./token.ts'),
  },
  { name: 'policy', summary: 'token, lockout and offline policies', load: () => import('./policy.ts') },
  {
    name: 'settings',
    summary: 'settings of the deployment and of single instances',
    load: () => import('./settings.ts'),
  },
  { name: 'store', summary: 'update-config, as older written procedures spell it', load: () => import('./store.ts') },
  {
    name: 'login',
    summary: 'try a log-on at the terminal: passcode, next tokencode, new PIN',
    load: () => import('./login.ts'),
  },
  { name: 'tokencode', summary: 'what a token shows now (a virtual token)', load: () => import('./tokencode.ts') },
  { name: 'serve', summary: 'run an instance: agents, RADIUS, administration', load: () => import('./serve.ts') },
  { name: 'config', summary: 'look at the configuration', load: () => import('./config.ts') },
]
