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
}

/**
 * A refusal of the operating system in words, with the path it is about.
 * @returns undefined when the error is none of them.
 */
export function systemFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const words = IN_WORDS[String(error.code)]
  if (words === undefined) return undefined
  return 'path' in error ? `${String(error.path)}: ${words}.` : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
