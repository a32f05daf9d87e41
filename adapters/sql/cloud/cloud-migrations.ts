import { audit } from '../schema/0002-audit.ts'
import { keys } from '../schema/0005-keys.ts'
import type { Migration } from '../schema/migration.ts'
import { secondFactors } from './0004-second-factors.ts'
import { companiesAndApps } from './0001-companies-and-apps.ts'

/** Every step of the cloud's schema, in order, for both engines. Audit log and key ring are those of a manager. */
export const CLOUD_MIGRATIONS: readonly Migration[] = [
  companiesAndApps,
  { ...audit, version: 2 },
  { ...keys, version: 3 },
  secondFactors,
]
