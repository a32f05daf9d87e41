// Token files of any length in bounded memory: `npm run proof -- long-files [TOKENS]` reads 200,000 tokens of each format that
// holds many, and prints the tokens a second and the bytes held while it goes. Exits 1 where more is held than a serial's share.
import { readPskc, readSdtid, readSeedList } from '../../core/formats/index.ts'
import { longSdtid } from '../../core/formats/sdtid/testing/long-sdtid.ts'
import { heldBytes } from '../../core/formats/testing/held-bytes.ts'

const tokenCount = Number(process.argv[2] ?? 200_000)
const encoder = new TextEncoder()
const PSKC = 'urn:ietf:params:xml:ns:keyprov:pskc'

function* longPskc(): Generator<Uint8Array> {
  yield encoder.encode(`<KeyContainer xmlns="${PSKC}" Version="1.0">`)
  for (let at = 0; at < tokenCount; at++) {
    const device = `<DeviceInfo><SerialNo>T${at}</SerialNo></DeviceInfo>`
    const shape = '<AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>'
    const data = '<Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret></Data>'
    yield encoder.encode(
      `<KeyPackage>${device}<Key Id="K${at}" Algorithm="${PSKC}:hotp">${shape}${data}</Key></KeyPackage>`,
    )
  }
  yield encoder.encode('</KeyContainer>')
}

function* longList(): Generator<Uint8Array> {
  for (let at = 0; at < tokenCount; at++) {
    yield encoder.encode(`T${`${at}`.padStart(9, '0')},3132333435363738393031323334353637383930,totp,6,60\n`)
  }
}

/** A seed list remembers its serials to find one that is there twice. */
const BYTES_PER_SERIAL = 64
const SLACK_BYTES = 4 * 1024 * 1024

async function measure(name: string, items: AsyncIterable<{ readonly ok: boolean }>): Promise<void> {
  const startMs = performance.now()
  const before = heldBytes()
  let count = 0
  let most = 0
  for await (const { ok } of items) {
    if (!ok) throw new Error(`${name}: a token was refused`)
    count += 1
    if (count % Math.ceil(tokenCount / 20) === 0) most = Math.max(most, heldBytes() - before)
  }
  const perSecond = Math.round((count * 1000) / (performance.now() - startMs))
  console.log(`${name}: ${count} tokens, ${perSecond} a second, at most ${(most / 1024 / 1024).toFixed(1)} MiB held`)
  const allowed = SLACK_BYTES + (name === 'csv' ? count * BYTES_PER_SERIAL : 0)
  if (count !== tokenCount || most > allowed) process.exitCode = 1
}

await measure('sdtid', readSdtid(longSdtid(tokenCount)))
await measure('pskc', readPskc(longPskc()))
await measure('csv', readSeedList(longList(), { dialect: 'oath-v1' }))
