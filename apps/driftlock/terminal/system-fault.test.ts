import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exitCodeOf } from './exit-code.ts'
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

it('names the address and the port that another program has, and ends as a conflict', async () => {
  const first = createServer().listen(0, '127.0.0.1')
  await once(first, 'listening')
  const { port } = first.address() as { port: number } // of a TCP server
  const second = createServer()
  const refusal = once(second, 'error')
  second.listen(port, '127.0.0.1')
  const [fault] = await refusal
  expect(systemFault(fault)).toBe(
    `127.0.0.1:${port} (TCP): another program is listening there; stop it or choose another port.`,
  )
  expect(exitCodeOf(fault)).toBe('conflict')
  first.close()
})

it('tells a UDP port from a TCP one', async () => {
  const first = createSocket('udp4').bind(0, '127.0.0.1')
  await once(first, 'listening')
  const { port } = first.address()
  const second = createSocket('udp4')
  const refusal = once(second, 'error')
  second.bind(port, '127.0.0.1')
  expect(systemFault((await refusal)[0])).toContain(`127.0.0.1:${port} (UDP): another program is listening there`)
  first.close()
  second.close()
})

it('takes no refusal of the operating system for a fault of the program', () => {
  const codes = [
    'ENOENT',
    'EISDIR',
    'ENOTDIR',
    'EACCES',
    'EPERM',
    'EROFS',
    'ENOSPC',
    'EMFILE',
    'ENAMETOOLONG',
    'EADDRNOTAVAIL',
  ]
  for (const code of codes) {
    const fault = Object.assign(new Error(code), { code })
    expect([code, systemFault(fault), exitCodeOf(fault)]).toEqual([
      code,
      expect.any(String),
      expect.not.stringMatching('internal'),
    ])
  }
  const port = Object.assign(new Error('x'), { code: 'EACCES', syscall: 'listen', address: '127.0.0.1', port: 80 })
  expect(systemFault(port)).toMatch(/^127.0.0.1:80 .* ports below 1024 need a privilege.$/)
})
