import { createHash } from 'node:crypto'

export interface StreamedFile {
  readonly stream: ReadableStream<Uint8Array>
  /** What was read of it so far. */
  readonly sent: () => { readonly octets: number; readonly tokens: number }
}

const TOKENS_AT_ONCE = 100

/** A PSKC file (RFC 6030) of TOTP tokens with plain secrets, at least as large as said; made piece by piece as it is read. */
export function streamedPskc(leastOctets: number): StreamedFile {
  let octets = 0
  let tokens = 0
  const send = (controller: ReadableStreamDefaultController<Uint8Array>, text: string) => {
    const chunk = Buffer.from(text)
    octets += chunk.length
    controller.enqueue(chunk)
  }
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      send(
        controller,
        '<?xml version="1.0" encoding="UTF-8"?>\n<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">\n',
      )
    },
    pull(controller) {
      if (octets >= leastOctets) {
        send(controller, '</KeyContainer>\n')
        controller.close()
        return
      }
      const packages = Array.from({ length: TOKENS_AT_ONCE }, (_, place) => keyPackage(tokens + place))
      tokens += TOKENS_AT_ONCE
      send(controller, packages.join(''))
    },
  })
  return { stream, sent: () => ({ octets, tokens }) }
}

function keyPackage(number: number): string {
  const serial = `upload-${String(number).padStart(9, '0')}`
  const secret = createHash('sha1').update(serial).digest('base64')
  return `<KeyPackage>
  <DeviceInfo><Manufacturer>oath.example</Manufacturer><SerialNo>${serial}</SerialNo><Model>a token with a display and a clock</Model></DeviceInfo>
  <CryptoModuleInfo><Id>module 1 of ${serial}</Id></CryptoModuleInfo>
  <Key Id="${serial}" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp">
    <Issuer>An issuer with a name of usual length</Issuer>
    <AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
    <Data>
      <Secret><PlainValue>${secret}</PlainValue></Secret>
      <Time><PlainValue>0</PlainValue></Time>
      <TimeInterval><PlainValue>30</PlainValue></TimeInterval>
    </Data>
    <Policy><KeyUsage>OTP</KeyUsage></Policy>
  </Key>
</KeyPackage>
`
}
