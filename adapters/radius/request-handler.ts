import { RadiusCode, type RadiusPacket, RadiusType } from '@driftlock/formats'
import { type AdmittedPacket, admit } from './admit.ts'
import type { ClientEntry } from './client-table.ts'
import type {
  NotEvaluatedReason,
  RadiusAnswer,
  RadiusAuthentication,
  RadiusDropReason,
  RadiusEvent,
  RadiusLogin,
} from './ports.ts'
import { readLogin } from './read-login.ts'
import type { CachedRequest, ReplyCache } from './reply-cache.ts'
import type { StatusRate } from './status-rate.ts'
import { writeAnswer, writeStatusAnswer } from './write-answer.ts'
import type { SecretSuspicion } from './wrong-secret.ts'

/** What the handler needs of the world. `isHealthy` is false while this instance could not judge a login. */
export interface HandlerPorts {
  readonly authentication: RadiusAuthentication
  readonly isHealthy: () => boolean
  readonly nowMs: () => number
  readonly emit: (event: RadiusEvent) => void
  readonly suspicion: SecretSuspicion
  readonly statusRate: StatusRate
}

/** Where a packet came from and how to answer it. */
export interface RadiusPeer {
  readonly entry: ClientEntry
  readonly address: string
  readonly port: number
  readonly cache: ReplyCache
  readonly reply: (octets: Uint8Array) => void
}

/**
 * Handles one packet of a known client: admit, answer duplicates from the cache, read the login, ask the application, answer.
 * Returns why the packet was dropped at once; an answer or a later silence gives `undefined`.
 */
export function handlePacket(
  ports: HandlerPorts,
  peer: RadiusPeer,
  datagram: Uint8Array,
): RadiusDropReason | undefined {
  const admission = admit(datagram, peer.entry)
  if ('drop' in admission) {
    if (admission.drop === 'message-authenticator-invalid') noteUnreadable(ports, peer)
    return drop(ports, peer, admission.drop)
  }
  const { packet } = admission
  if (packet.code === RadiusCode.StatusServer) return answerStatus(ports, peer, packet)
  learnMessageAuthenticator(ports, peer, admission)
  const key = `${peer.address} ${peer.port} ${packet.identifier}`
  const lookup = peer.cache.begin(key, admission.octets, ports.nowMs())
  switch (lookup.kind) {
    case 'resend':
      peer.entry.counters.resent += 1
      peer.reply(lookup.reply)
      return undefined
    case 'in-flight':
      return drop(ports, peer, 'duplicate-in-flight')
    case 'overloaded':
      return drop(ports, peer, 'overloaded')
    case 'new':
      peer.entry.counters.requests += 1
      evaluate(ports, peer, { ...admission, request: lookup.request })
      return undefined
  }
}

interface Work extends AdmittedPacket {
  readonly request: CachedRequest
}

function evaluate(ports: HandlerPorts, peer: RadiusPeer, work: Work): void {
  const { client } = peer.entry
  const reading = readLogin(work.packet, client, peer.address)
  switch (reading.kind) {
    case 'not-evaluated':
      noteNotEvaluated(ports, peer, { ...work, reason: reading.reason })
      settle(ports, peer, { ...work, answer: { code: 'reject' } })
      return
    case 'login':
      ports.suspicion.readable(client.id, peer.address)
      void ask(ports, peer, { ...work, login: reading.login })
  }
}

async function ask(ports: HandlerPorts, peer: RadiusPeer, work: Work & { readonly login: RadiusLogin }): Promise<void> {
  let answer: RadiusAnswer = { code: 'silence' }
  try {
    answer = await ports.authentication.authenticate(work.login)
  } catch (error) {
    ports.emit({ kind: 'login-failed', clientId: peer.entry.client.id, error })
  }
  settle(ports, peer, { ...work, answer })
}

function settle(ports: HandlerPorts, peer: RadiusPeer, work: Work & { readonly answer: RadiusAnswer }): void {
  const { answer, packet, request } = work
  const { client, counters } = peer.entry
  const octets = answer.code === 'silence' ? undefined : writeAnswer(answer, packet, client)
  if (answer.code !== 'silence' && octets === undefined) ports.emit({ kind: 'answer-too-large', clientId: client.id })
  if (!peer.cache.finish(request, octets, ports.nowMs())) {
    drop(ports, peer, 'superseded')
    return
  }
  if (octets === undefined) {
    drop(ports, peer, 'silence')
    return
  }
  if (answer.code === 'accept') counters.accepts += 1
  else if (answer.code === 'challenge') counters.challenges += 1
  else counters.rejects += 1
  peer.reply(octets)
}

function answerStatus(ports: HandlerPorts, peer: RadiusPeer, packet: RadiusPacket): RadiusDropReason | undefined {
  const { client, counters } = peer.entry
  if (!ports.statusRate.allows(client.id, ports.nowMs())) return drop(ports, peer, 'status-rate')
  // RFC 5997 §4.2: a server that could not serve stays silent, so that its clients turn to another.
  if (!ports.isHealthy()) return drop(ports, peer, 'unhealthy')
  const octets = writeStatusAnswer(packet, client)
  if (octets === undefined) return drop(ports, peer, 'malformed-packet')
  counters.statusAnswers += 1
  ports.suspicion.readable(client.id, peer.address)
  peer.reply(octets)
  return undefined
}

function learnMessageAuthenticator(ports: HandlerPorts, peer: RadiusPeer, admitted: AdmittedPacket): void {
  const { entry } = peer
  if (entry.client.requireMessageAuthenticator !== 'auto' || entry.mustSendMessageAuthenticator) return
  if (!admitted.isAuthenticated) return
  // EAP always carries one, so it says nothing of the client's other requests.
  for (const { type } of admitted.packet.attributes) if (type === RadiusType.EapMessage) return
  entry.mustSendMessageAuthenticator = true
  ports.emit({ kind: 'message-authenticator-seen', clientId: entry.client.id })
}

function noteNotEvaluated(ports: HandlerPorts, peer: RadiusPeer, work: Work & { reason: NotEvaluatedReason }): void {
  const { client, counters } = peer.entry
  const { address } = peer
  const { reason } = work
  if (reason === 'garbage-password') counters.garbagePasswords += 1
  // A valid Message-Authenticator proves the secret: then the user typed what no passcode can be.
  if (reason === 'garbage-password' && !work.isAuthenticated) noteUnreadable(ports, peer)
  else if (work.isAuthenticated || hasReadPassword(reason)) ports.suspicion.readable(client.id, address)
  ports.emit({ kind: 'not-evaluated', reason, clientId: client.id, address })
}

/** Says something of the secret: without a password that was revealed, the packet would look the same under any. */
function hasReadPassword(reason: NotEvaluatedReason): boolean {
  return reason !== 'not-pap' && reason !== 'password-size'
}

function noteUnreadable(ports: HandlerPorts, peer: RadiusPeer): void {
  const { address } = peer
  const clientId = peer.entry.client.id
  if (ports.suspicion.unreadable(clientId, address)) ports.emit({ kind: 'wrong-secret-suspected', clientId, address })
}

function drop(ports: HandlerPorts, peer: RadiusPeer, reason: RadiusDropReason): RadiusDropReason {
  const { dropped } = peer.entry.counters
  dropped[reason] = (dropped[reason] ?? 0) + 1
  ports.emit({ kind: 'dropped', reason, address: peer.address, clientId: peer.entry.client.id })
  return reason
}
