import {
  checkMessageAuthenticator,
  countRadiusAttributes,
  firstRadiusValue,
  type ParsedRadiusPacket,
  parseRadiusPacket,
  RadiusCode,
  type RadiusPacket,
  RadiusType,
} from '@driftlock/formats'
import type { ClientEntry } from './client-table.ts'
import { nodeDigests } from './node-digests.ts'
import type { RadiusDropReason } from './ports.ts'

/** A packet that may be looked at further. */
export interface AdmittedPacket {
  readonly packet: RadiusPacket
  readonly octets: Uint8Array
  /** It carried a Message-Authenticator, and that one is valid. */
  readonly isAuthenticated: boolean
}

type Admission = AdmittedPacket | { readonly drop: RadiusDropReason }

/** Attributes an Access-Request may carry once (RFC 2865 §5.44). */
const atMostOnce = [RadiusType.UserName, RadiusType.UserPassword, RadiusType.ChapPassword, RadiusType.State] as const

/** Decides whether a datagram of a known client is a request this server may answer; otherwise says why not. */
export function admit(datagram: Uint8Array, entry: ClientEntry): Admission {
  const parsed: ParsedRadiusPacket = parseRadiusPacket(datagram)
  if (!('packet' in parsed)) return { drop: 'malformed-packet' }
  const { packet } = parsed
  const isStatus = packet.code === RadiusCode.StatusServer
  if (!isStatus && packet.code !== RadiusCode.AccessRequest) return { drop: 'unexpected-code' }
  const verdict = checkMessageAuthenticator({ ...parsed, secret: entry.client.secret, digests: nodeDigests })
  if (verdict === 'invalid') return { drop: 'message-authenticator-invalid' }
  if (verdict === 'missing') {
    const reason = isStatus ? 'message-authenticator-missing' : missingAuthenticator(packet, entry)
    if (reason !== undefined) return { drop: reason }
  }
  if (contradictsItself(packet)) return { drop: 'attributes-contradict' }
  return { ...parsed, isAuthenticated: verdict === 'valid' }
}

function missingAuthenticator(packet: RadiusPacket, entry: ClientEntry): RadiusDropReason | undefined {
  // RFC 3579 §3.1: every packet with EAP-Message has one, whatever the client's setting.
  const isEap = firstRadiusValue(packet, RadiusType.EapMessage) !== undefined
  if (isEap || entry.mustSendMessageAuthenticator) return 'message-authenticator-missing'
  // Blast-RADIUS hides its collision block in Proxy-State; a client that is no proxy has no use for it.
  const hasProxyState = firstRadiusValue(packet, RadiusType.ProxyState) !== undefined
  return hasProxyState && !entry.client.isProxy ? 'proxy-state-from-non-proxy' : undefined
}

/** Of these a request has one kind (RFC 2865 §4.1, RFC 3579 §3.3); EAP may come in several pieces. */
const proofs = [RadiusType.UserPassword, RadiusType.ChapPassword, RadiusType.EapMessage] as const

function contradictsItself(packet: RadiusPacket): boolean {
  for (const type of atMostOnce) if (countRadiusAttributes(packet, type) > 1) return true
  return proofs.filter((type) => firstRadiusValue(packet, type) !== undefined).length > 1
}
