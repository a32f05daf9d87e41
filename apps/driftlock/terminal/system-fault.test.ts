import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemFault } from './system-fault.ts'

it('says which file is not there, and that a folder is none', async () => {
  const missing = join(tmpdir(), 'driftlock-no-such-file')
  const fault = async (path: string) => systemFault(await readFile(path).catch((error: unknown) => error))
  expect(await fault(missing)).toBe(`${missing}: there is no such file or folder.`)
  expect(await fault(tmpdir())).toContain('this is a folder; a file is needed.')
})

it('leaves alone what the operating system did not say', () => {
  expect(systemFault(new Error('x'))).toBeUndefined()
  expect(systemFault(Object.assign(new Error('x'), { code: 'SERIAL_TAKEN' }))).toBeUndefined()
})
