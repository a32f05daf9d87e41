/** A process of the RADIUS bench: sends datagrams back, bare or as signed Access-Accepts. Prints its port. */
import dgram from 'node:dgram'
import {
  encodeRadiusText,
  parseRadiusPacket,
  RadiusCode,
  revealUserPassword,
  sealRadiusAnswer,
  RadiusType,
  firstRadiusValue,
  checkMessageAuthenticator,
} from '@driftlock/formats'
import { platformDigests } from '../../radius/access-request.ts'

const [mode = 'bare', secretText = ''] = process.argv.slice(2)
const secret = encodeRadiusText(secretText)

function signed(datagram: Uint8Array): Uint8Array {
  const parsed = parseRadiusPacket(datagram)
  if (!('packet' in parsed)) return datagram
  const { packet } = parsed
  const key = { secret, authenticator: packet.authenticator, digests: platformDigests }
  checkMessageAuthenticator({ ...parsed, secret, digests: platformDigests })
  revealUserPassword(firstRadiusValue(packet, RadiusType.UserPassword) ?? new Uint8Array(16), key)
  const answer = { code: RadiusCode.AccessAccept, request: packet, attributes: [], secret, digests: platformDigests }
  return sealRadiusAnswer(answer) ?? datagram
}

const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 })
socket.on('message', (datagram, { port, address }) => {
  socket.send(mode === 'bare' ? datagram : signed(datagram), port, address)
})
socket.bind(0, '127.0.0.1', () => console.log(JSON.stringify({ port: socket.address().port })))
process.once('SIGTERM', () => process.exit(0))
