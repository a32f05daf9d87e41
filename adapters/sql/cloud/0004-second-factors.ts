import type { Migration } from '../schema/migration.ts'

/** Whose app's tokencode an administrator gives with the password. */
export const secondFactors: Migration = {
  version: 4,
  name: 'second factors',
  statements: [`ALTER TABLE company_administrators ADD COLUMN second_factor_user_id {text}`],
}
