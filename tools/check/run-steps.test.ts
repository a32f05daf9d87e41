import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { runSteps } from './run-steps.ts'
import { chosenSteps, steps } from './steps.ts'

const script = (code: string): readonly string[] => [process.execPath, '-e', code]
const silently = { width: 2, cwd: tmpdir(), onEnd: () => undefined }

describe('runSteps', () => {
  it('fails a step whose second command fails and keeps what both printed', async () => {
    const commands = [script('console.log("first")'), script('console.error("second"); process.exit(3)')]
    const [result] = await runSteps([{ name: 'two', commands }], silently)
    expect(result).toMatchObject({ name: 'two', passed: false, output: 'first\nsecond\n' })
  })

  it('does not let a later success hide an earlier failure', async () => {
    const [result] = await runSteps([{ name: 'two', commands: [script('process.exit(1)'), script('')] }], silently)
    expect(result?.passed).toBe(false)
  })

  it('fails a step whose program is missing and says what to run', async () => {
    const [result] = await runSteps([{ name: 'gone', commands: [['driftlock-no-such-program']] }], silently)
    expect(result).toMatchObject({ passed: false, output: expect.stringContaining('npm ci') })
  })

  it('runs every step when there are more than lanes', async () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, commands: [script('')] }))
    const results = await runSteps(many, silently)
    expect(results.map(({ name, passed }) => ({ name, passed }))).toHaveLength(5)
    expect(results.every(({ passed }) => passed)).toBe(true)
  })
})

describe('chosenSteps', () => {
  it('takes all steps by default and the named ones with --only', () => {
    expect(chosenSteps([])).toBe(steps)
    expect(chosenSteps(['--only', 'format,types']).map(({ name }) => name)).toEqual(['format', 'types'])
  })

  it.each([[['--only', 'typos']], [['--only']], [['--quick']], [['--only', 'types', 'lint']]])('refuses %j', (args) => {
    expect(() => chosenSteps(args)).toThrow(RangeError)
  })
})
