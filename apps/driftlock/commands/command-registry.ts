import type { CommandEntry } from './command-entry.ts'

/** Every command, in the order of the help. */
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
  {
    name: 'web-agent',
    summary: 'log-on pages and sub-requests in front of web sites',
    load: () => import('./web-agent.ts'),
  },
  {
    name: 'cloud',
    summary: 'the cloud access service: authenticator apps, and records for managers',
    load: () => import('./cloud.ts'),
  },
  { name: 'config', summary: 'look at the configuration', load: () => import('./config.ts') },
  { name: 'administrator', summary: 'administrators and what they may do', load: () => import('./administrator.ts') },
  { name: 'role', summary: 'roles: what administrators may do', load: () => import('./role.ts') },
  { name: 'api-key', summary: 'keys for programs that administer', load: () => import('./api-key.ts') },
  { name: 'agent', summary: 'authentication agents and their keys', load: () => import('./agent.ts') },
  { name: 'audit', summary: 'search, verify, export and prune the audit log', load: () => import('./audit.ts') },
  { name: 'keys', summary: 'data keys and the master key: status, rotation', load: () => import('./keys.ts') },
  { name: 'backup', summary: 'back up the data folder while it is in use', load: () => import('./backup.ts') },
  { name: 'restore', summary: 'put a backup back', load: () => import('./restore.ts') },
  { name: 'job', summary: 'long work: what runs, how far, stop', load: () => import('./job.ts') },
  {
    name: 'ha',
    summary: 'high-availability tokencodes: connection to the cloud, synchronisation, records',
    load: () => import('./ha.ts'),
  },
  {
    name: 'radius',
    summary: 'RADIUS clients, and a log-on over RADIUS by hand',
    load: () => import('./radius.ts'),
  },
  {
    name: 'doctor',
    summary: 'check clock, disk, permissions, database and keys, and say what to do',
    load: () => import('./doctor.ts'),
  },
  {
    name: 'completion',
    summary: 'shell completion for bash, zsh, fish',
    load: async () => (await import('./completion.ts')).completionOf(COMMANDS),
  },
  { name: 'demo', summary: 'an instance to try, on a throw-away folder', load: () => import('./demo.ts') },
]
