import type { CarriedPurpose, SealContext, SealPurpose } from '@driftlock/application'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DataKeyRing } from './data-key-ring.ts'
import { masterKeyOf } from './master-key.ts'
import { openKeyRing } from './open-key-ring.ts'
import { MemoryKeyStore } from './testing/memory-key-store.ts'
import { TestClock } from './testing/test-clock.ts'

const CELL: SealContext = { table: 'tokens', column: 'seed', row: '0192f1c8-0000-7000-8000-000000000001' }
const SEED = Uint8Array.from({ length: 20 }, (_, index) => index * 7)
const anyPurpose = fc.constantFrom<SealPurpose>('seed', 'radius-secret', 'setting', 'private-key')
const anyCell = fc.record({ table: fc.string(), column: fc.string(), row: fc.string() })

let ring: DataKeyRing
beforeAll(async () => {
  const master = masterKeyOf(new Uint8Array(32).fill(1), 'test')
  ring = await openKeyRing({ store: new MemoryKeyStore(), clock: new TestClock(), masterKeys: [master] })
})

describe('a value sealed at rest', () => {
  it('opens in its own cell, whatever the purpose, the names and the content', () => {
    fc.assert(
      fc.property(anyPurpose, anyCell, fc.uint8Array({ maxLength: 300 }), (purpose, cell, content) => {
        const sealed = ring.seal(purpose, cell, content)
        expect(sealed.length).toBe(content.length + 33)
        expect(ring.open(purpose, cell, sealed)).toEqual(content)
        expect(ring.sealedUnder(sealed)).toBe(ring.currentKeyId(purpose))
      }),
    )
  })

  it('does not open in another table, column or row', () => {
    fc.assert(
      fc.property(anyCell, anyCell, (home, other) => {
        fc.pre(home.table !== other.table || home.column !== other.column || home.row !== other.row)
        const sealed = ring.seal('seed', home, SEED)
        expect(() => ring.open('seed', other, sealed)).toThrow('moved here from another row')
      }),
    )
  })

  it('does not open when the names are only cut at another place', () => {
    const sealed = ring.seal('seed', { table: 'ab', column: 'c', row: 'd' }, SEED)
    expect(() => ring.open('seed', { table: 'a', column: 'bc', row: 'd' }, sealed)).toThrow(
      'moved here from another row',
    )
    expect(() => ring.open('seed', { table: 'ab","c', column: 'd', row: '' }, sealed)).toThrow(
      'moved here from another row',
    )
  })

  it('does not open for another purpose', () => {
    const sealed = ring.seal('seed', CELL, SEED)
    expect(() => ring.open('radius-secret', CELL, sealed)).toThrow(
      expect.objectContaining({ code: 'SEALING_KEY_UNKNOWN' }),
    )
  })

  it('does not open with any one bit flipped', () => {
    const sealed = ring.seal('seed', CELL, SEED)
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = Uint8Array.from(sealed)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => ring.open('seed', CELL, flipped), `bit ${bit}`).toThrow(
        expect.objectContaining({ name: 'SealError' }),
      )
    }
  })

  it('does not open cut to any length', () => {
    const sealed = ring.seal('seed', CELL, SEED)
    for (let length = 0; length < sealed.length; length++) {
      expect(() => ring.open('seed', CELL, sealed.subarray(0, length))).toThrow(
        expect.objectContaining({ name: 'SealError' }),
      )
    }
  })

  it('is never sealed to the same octets twice', () => {
    const texts = new Set(
      Array.from({ length: 1000 }, () => Buffer.from(ring.seal('seed', CELL, SEED)).toString('hex')),
    )
    expect(texts.size).toBe(1000)
  })

  it('is refused with an error that names the cell and tells nothing of the content', () => {
    const content = Buffer.from('correct horse battery')
    const sealed = ring.seal('setting', CELL, content)
    const elsewhere = { ...CELL, row: 'another-row' }
    try {
      ring.open('setting', elsewhere, sealed)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'SEALED_VALUE_UNREADABLE', context: elsewhere })
      const text = String(error)
      expect(text).toContain('tokens.seed of row another-row')
      for (const spelling of ['utf8', 'hex', 'base64'] as const) expect(text).not.toContain(content.toString(spelling))
    }
  })
})

describe('a value carried by a client', () => {
  const anyCarried = fc.constantFrom<CarriedPurpose>('challenge', 'session', 'download')
  const anyBounds = fc.array(fc.string(), { maxLength: 4 })

  it('comes back for the same bounds as URL-safe text', () => {
    fc.assert(
      fc.property(anyCarried, anyBounds, fc.uint8Array({ maxLength: 156 }), (purpose, bounds, content) => {
        const text = ring.sealText(purpose, bounds, content)
        expect(text).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(text.length).toBeLessThanOrEqual(252)
        expect(ring.openText(purpose, bounds, text)).toEqual(content)
      }),
    )
  })

  it('is not opened for another user or method', () => {
    fc.assert(
      fc.property(anyBounds, anyBounds, (bounds, others) => {
        fc.pre(JSON.stringify(bounds) !== JSON.stringify(others))
        expect(ring.openText('challenge', others, ring.sealText('challenge', bounds, SEED))).toBeUndefined()
      }),
    )
  })

  it('is not opened as something else than it was sealed for', () => {
    expect(ring.openText('session', ['u'], ring.sealText('challenge', ['u'], SEED))).toBeUndefined()
  })

  it('is not opened with any character changed, left out or added', () => {
    const text = ring.sealText('challenge', ['u', 'radius'], SEED)
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
      expect(ring.openText('challenge', ['u', 'radius'], changed)).toBeUndefined()
      expect(ring.openText('challenge', ['u', 'radius'], text.slice(0, at))).toBeUndefined()
      expect(ring.openText('challenge', ['u', 'radius'], `${text.slice(0, at)}A${text.slice(at)}`)).toBeUndefined()
    }
  })

  it('is one text only: a second spelling of the same octets is refused', () => {
    const text = ring.sealText('challenge', [], Uint8Array.of(1)) // 34 octets: 4 unused bits in the last character
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(text.at(-1) ?? '')
    expect(ring.openText('challenge', [], text.slice(0, -1) + alphabet[last + 1])).toBeUndefined()
    expect(ring.openText('challenge', [], `${text}==`)).toBeUndefined()
  })

  it('never throws for what an attacker sends', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 400 }), fc.base64String({ maxLength: 400 })), (text) => {
        expect(ring.openText('challenge', [], text)).toBeUndefined()
      }),
    )
    expect(ring.openText('challenge', [], 'A'.repeat(1_000_000))).toBeUndefined()
  })
})
