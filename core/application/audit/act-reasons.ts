/** Reasons of acts that are neither decisions on log-ons nor errors of a use case, with the help desk's text. Never reused. */
export const ACT_REASONS = {
  done: 'Done.',
  'import-refused': 'Nothing was imported: records of the file have faults, or are there already.',
  'marker-behind-cloud': 'The cloud has nothing as late as the marker: everything is fetched again.',
} as const
