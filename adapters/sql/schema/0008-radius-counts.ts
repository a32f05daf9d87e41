import type { Migration } from './migration.ts'

/** What each instance's RADIUS edge has counted: one row for each, written over as it goes on counting. */
export const radiusCounts: Migration = {
  version: 8,
  name: 'radius counts',
  statements: [
    `CREATE TABLE radius_counts (
      instance_name {text} PRIMARY KEY, counts {text} NOT NULL, noted_at {big} NOT NULL) {table}`,
  ],
}
