import type { BulkResult } from '@driftlock/contracts'
import { expect, it } from 'vitest'
import { changedBy } from './bulk-change.ts'

const on = { id: 'on', enabled: true, lost: false }
const off = { id: 'off', enabled: false, lost: true }
const tokens = [on, off]

const resultOf = (...failed: readonly string[]): BulkResult => ({
  done: tokens.length - failed.length,
  failed: failed.length,
  results: tokens.map(({ id }) => ({ id, name: id, ok: !failed.includes(id), code: null, detail: null })),
})

it('leaves out of an undo what was as wanted before', () => {
  expect(changedBy('enable', tokens, resultOf())).toEqual(['off'])
  expect(changedBy('disable', tokens, resultOf())).toEqual(['on'])
  expect(changedBy('mark-lost', tokens, resultOf())).toEqual(['on'])
  expect(changedBy('mark-found', tokens, resultOf())).toEqual(['off'])
})

it('leaves out what was refused', () => {
  expect(changedBy('enable', tokens, resultOf('off'))).toEqual([])
  expect(changedBy('move', tokens, resultOf('off'))).toEqual(['on'])
})
