/**
 * Mutation testing of the domain: `npm run proof -- mutation [FOLDER …]`. A mutant that no test kills is a rule that no
 * test holds. All kinds of mutants count; only the texts of the reasons are left out.
 */
// oxlint-disable-next-line import/no-default-export -- where Stryker looks for its configuration
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.domain.config.ts', related: false },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  incremental: false,
  concurrency: 1,
  timeoutMS: 10_000,
  mutate: ['core/domain/**/*.ts', '!**/*.test.ts', '!**/testing/**', '!core/domain/authentication/reasons.ts'],
  ignorePatterns: ['adapters', 'apps', 'ui', 'docs', 'deploy', 'reports', 'tools/*', '!tools/test', 'tests'],
  tempDirName: '.stryker-tmp',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'reports/mutation.json' },
}
