import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeSelfSigned } from '@driftlock/http/testing'
import { tlsFindings } from './tls-findings.ts'

const MS_PER_DAY = 86_400_000
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftlock-tls-findings-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('tells how long a certificate holds, soon, and that it ended', async () => {
  const files = writeSelfSigned(folder, 'two days')
  const after = (days: number) => new Date(Date.now() + days * MS_PER_DAY)
  expect(await tlsFindings(files, after(-28))).toMatchObject([{ level: 'good', advice: '' }])
  expect(await tlsFindings(files, after(0))).toMatchObject([
    { level: 'note', text: expect.stringMatching(/^The certificate holds until \d{4}-\d\d-\d\d, 1 days? from now\.$/) },
  ])
  expect(await tlsFindings(files, after(3))).toMatchObject([
    { level: 'fault', text: expect.stringMatching(/^The certificate ended on \d{4}-\d\d-\d\d/) },
  ])
})

it('names files that cannot be served, and nothing where none are named', async () => {
  const files = writeSelfSigned(folder, 'broken')
  writeFileSync(files.certificateFile, 'hello')
  expect(await tlsFindings(files, new Date())).toMatchObject([
    { level: 'fault', text: expect.stringContaining('holds no certificate in PEM') },
  ])
  expect(await tlsFindings(undefined, new Date())).toEqual([])
})
