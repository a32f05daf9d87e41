import { afterAll, expect, it } from 'vitest'
import { coreGlobalProblems } from './core-globals.ts'
import { ScratchTree } from './testing/scratch-tree.ts'

const tree = new ScratchTree()
afterAll(() => {
  tree.remove('')
})

function problemsWith(text: string): readonly string[] {
  // The reference does what a package's typings can do: it brings Node's globals into the whole program.
  tree.write('core/domain/injected.ts', `/// <reference types="node" />\n/// <reference lib="dom" />\n${text}\n`)
  return coreGlobalProblems(tree.root).problems
}

it.each([
  'Date()',
  'new Date()',
  'new Date(2026, 0)',
  'Date.now',
  'new Date(0).getHours',
  'Math.random',
  'globalThis',
  'console',
  'process',
  'Buffer',
  'TextEncoder',
  'setTimeout',
  'crypto',
  'document',
  'fetch',
])('refuses the global %s in the core, even where typings bring it in', (name) => {
  expect(problemsWith(`export const used: unknown = ${name}`)).toEqual([
    `core/domain/injected.ts:3: ${name} is not for the core: take what it gives as an argument`,
  ])
})

it('refuses a type of the DOM or of Node in the core', () => {
  expect(problemsWith('export type Bytes = Buffer | HTMLElement')).toHaveLength(2)
})

it('lets the core use the language itself', () => {
  expect(problemsWith('export const used = new Date(0).getUTCFullYear() + Date.UTC(2026, 0)')).toEqual([])
  expect(problemsWith("export const used = new Map([['a', Math.max(1, 2)]]).get(String(BigInt(1)))")).toEqual([])
})
