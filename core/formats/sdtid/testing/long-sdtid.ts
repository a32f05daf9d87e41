import { encodeUtf8 } from '../../utf8.ts'
import { writeSdtid } from '../write-sdtid.ts'
import { sampleSecret, sampleToken } from './sample-batch.ts'

const BATCH = 100

/** A good sdtid file of so many tokens (a multiple of 100), made piece by piece; their serials repeat. */
export function* longSdtid(tokenCount: number): Generator<Uint8Array> {
  const tokens = Array.from({ length: BATCH }, (_, at) => ({ ...sampleToken, serial: `${at}`.padStart(12, '0') }))
  const file = writeSdtid({ tokens, secret: sampleSecret })
  const [first, last] = [file.indexOf('<TKN>'), file.indexOf('<TKNTrailer>')]
  const body = encodeUtf8(file.slice(first, last))
  yield encodeUtf8(file.slice(0, first))
  for (let made = 0; made < tokenCount; made += BATCH) yield body
  yield encodeUtf8(file.slice(last))
}
