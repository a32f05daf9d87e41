import { identitiesAndTokens } from './0001-identities-and-tokens.ts'
import { audit } from './0002-audit.ts'
import { administration } from './0003-administration.ts'
import { operations } from './0004-operations.ts'
import { keys } from './0005-keys.ts'
import { highAvailability } from './0006-high-availability.ts'
import { keptSteps } from './0007-kept-steps.ts'
import { radiusCounts } from './0008-radius-counts.ts'
import { agentLanguages } from './0009-agent-languages.ts'
import { sortedLists } from './0010-sorted-lists.ts'
import type { Migration } from './migration.ts'

/** Every step of the schema, in order, for both engines. */
export const MIGRATIONS: readonly Migration[] = [
  identitiesAndTokens,
  audit,
  administration,
  operations,
  keys,
  highAvailability,
  keptSteps,
  radiusCounts,
  agentLanguages,
  sortedLists,
]
