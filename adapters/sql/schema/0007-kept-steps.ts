import type { Migration } from './migration.ts'

/** Steps that were used here of tokens that are gone, which the cloud is still to be told of: few of many records. */
export const keptSteps: Migration = {
  version: 7,
  name: 'kept steps',
  statements: [`CREATE INDEX ha_records_kept ON ha_records (record_id) WHERE kept_step > shared_step`],
}
