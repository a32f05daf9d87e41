/** What people are told when the operating system refuses, by its code (errno(3)). */
const IN_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'this is a folder; a file is needed',
  ENOTDIR: 'a part of this path is no folder',
  EACCES: 'the operating system does not let you; look at its owner and permissions',
  EPERM: 'the operating system does not let you; look at its owner and permissions',
  EROFS: 'the file system can only be read',
  ENOSPC: 'no space is left on the device; make room and try again',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  ENAMETOOLONG: 'this name is too long',
  EADDRINUSE: 'another program is listening there; stop it or choose another port',
  EADDRNOTAVAIL: 'this machine has no such address',
}

/** For ports, where it is not a file that the operating system keeps. */
const PORT_NOT_ALLOWED = 'the operating system does not let you listen there; ports below 1024 need a privilege'

/**
 * A refusal of the operating system in words, with the path, or the address and the port, that it is about.
 * @returns undefined when the error is none of them.
 */
export function systemFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const subject = 'path' in error ? String(error.path) : placeOf(error)
  const isPort = 'port' in error && error.code === 'EACCES'
  const words = isPort ? PORT_NOT_ALLOWED : IN_WORDS[String(error.code)]
  if (words === undefined) return undefined
  return subject === undefined ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : `${subject}: ${words}.`
}

/** Node names the system call: `bind` of a UDP socket, `listen` of a TCP server. */
function placeOf(error: Error): string | undefined {
  if (!('address' in error) || !('port' in error)) return undefined
  const kind = 'syscall' in error && error.syscall === 'bind' ? 'UDP' : 'TCP'
  return `${String(error.address)}:${String(error.port)} (${kind})`
}
