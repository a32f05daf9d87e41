import type { RadiusCounts, RadiusCountStore } from '@driftlock/application'
import type { Engine } from '../engine.ts'

/** Counts as one JSON text for each instance: nothing searches within them. */
export function radiusCountStore({ reader, write }: Engine): RadiusCountStore {
  return {
    async note(instanceName, counts, at) {
      const columns = { counts: JSON.stringify(counts), noted_at: at }
      await write((queries) =>
        queries
          .insertInto('radius_counts')
          .values({ instance_name: instanceName, ...columns })
          .onConflict((conflict) => conflict.column('instance_name').doUpdateSet(columns))
          .execute(),
      )
    },
    async all() {
      const rows = await reader.selectFrom('radius_counts').selectAll().orderBy('instance_name').execute()
      return new Map(rows.map((row) => [row.instance_name, JSON.parse(row.counts) as RadiusCounts])) // written by note
    },
  }
}
