import type { Migration } from './migration.ts'

/** In which language an agent's users are asked; null = in the one that the agent asks for. */
export const agentLanguages: Migration = {
  version: 9,
  name: 'agent languages',
  statements: [`ALTER TABLE agents ADD COLUMN language {text}`],
}
