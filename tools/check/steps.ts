/** One step of the check: its commands run one after the other, each found in node_modules/.bin. */
export interface Step {
  readonly name: string
  readonly commands: readonly (readonly string[])[]
}

/** Everything `npm run check` holds the tree to. Slow steps first, so that two at a time end together. */
export const steps: readonly Step[] = [
  {
    name: 'types',
    commands: ['core', 'server', 'ui'].map((project) => ['tsc', '-p', `tsconfig.${project}.json`]),
  },
  {
    name: 'lint',
    commands: [
      ['oxlint', '--type-aware'],
      ['node', 'tools/reasons/main.ts'],
    ],
  },
  { name: 'unused', commands: [['knip', '--no-progress', '--no-config-hints']] },
  { name: 'architecture', commands: [['node', 'tools/architecture/main.ts']] },
  { name: 'format', commands: [['biome', 'format']] },
]

/**
 * The steps that a command line asks for: all, or those of `--only types,lint`.
 * @throws RangeError naming the steps that exist, for an unknown step or option.
 */
export function chosenSteps(args: readonly string[]): readonly Step[] {
  const [option, names, ...rest] = args
  if (option === undefined) return steps
  const known = `usage: npm run check -- [--only ${steps.map(({ name }) => name).join(',')}]`
  if (option !== '--only' || names === undefined || rest.length > 0) throw new RangeError(known)
  return names.split(',').map((wanted) => {
    const step = steps.find(({ name }) => name === wanted)
    if (!step) throw new RangeError(`no step "${wanted}"; ${known}`)
    return step
  })
}
