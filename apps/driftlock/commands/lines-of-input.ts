import { createInterface } from 'node:readline'

/** The lines of a stream, one at a time. */
export async function* linesOfInput(stdin: NodeJS.ReadableStream): AsyncGenerator<string, undefined> {
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) yield line
  return undefined
}
