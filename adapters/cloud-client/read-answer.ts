import { CloudError } from '@driftlock/application'
import { CLOUD_LIMITS } from '@driftlock/contracts'

/** Reads a body up to the limit, and no octet further. @throws CloudError `CLOUD_ANSWER_TOO_LARGE`. */
export async function readAnswer(response: Response): Promise<Uint8Array> {
  const declared = Number(response.headers.get('content-length') ?? 0)
  if (declared > CLOUD_LIMITS.answerBytes) {
    await response.body?.cancel()
    throw tooLarge()
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    // Leaving the loop cancels the body: nothing more is read.
    if (length > CLOUD_LIMITS.answerBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(): CloudError {
  return new CloudError(
    'CLOUD_ANSWER_TOO_LARGE',
    `The answer has more than ${CLOUD_LIMITS.answerBytes} octets and was not read. Ask for smaller pages (setting …ha.seed_sync.batch_size), or look at what answers there.`,
  )
}
