import { createHmac, hash, sign, verify, type KeyObject } from 'node:crypto'
import {
  type AuditChain,
  type AuditProof,
  canonicalJson,
  type ChainCheckpoint,
  type CheckpointSigner,
  type MacInput,
} from '@driftlock/application'
import type { DataKeyRing } from './data-key-ring.ts'
import { publicKeyOf } from './ed25519.ts'

const SUM_OCTETS = 32

/** The chain one process writes, under the ring's current audit key. */
export function ringAuditChain(ring: DataKeyRing, chainId: string): AuditChain {
  return {
    chainId,
    link: (previous, entry) => {
      const record = canonicalJson(entry)
      const { id: keyId, key } = ring.currentKey('audit-mac')
      const sequence = previous.sequence + 1
      const mac = macOver(key, { keyId, chainId, sequence, previousMac: previous.mac, digest: digestOf(record) })
      return { sequence, record, mac, keyId }
    },
    digest: digestOf,
  }
}

/** Verifies with all keys of the ring: names the very record. */
export function ringAuditProof(ring: DataKeyRing): AuditProof {
  return {
    knowsMacKeys: true,
    digest: digestOf,
    mac: (input) => {
      const key = ring.keys().get(input.keyId)
      return key?.purpose === 'audit-mac' ? macOver(key.key, input) : undefined
    },
    accumulate,
    signedSum: (checkpoint) => signedSum(checkpoint, ring.keys().get(checkpoint.keyId)?.publicKey ?? undefined),
  }
}

/**
 * Verifies with public keys alone, by key id (`DataKeyRing.auditPublicKeys`): for an auditor who is given the records and
 * checkpoints. Proves all records up to the last checkpoint, but not which one was changed.
 */
export function publicAuditProof(publicKeys: ReadonlyMap<string, Uint8Array>): AuditProof {
  return {
    knowsMacKeys: false,
    digest: digestOf,
    mac: () => undefined,
    accumulate,
    signedSum: (checkpoint) => signedSum(checkpoint, publicKeys.get(checkpoint.keyId)),
  }
}

/** Signs with the ring's current Ed25519 key. The signature is the sum, 32 octets, and the Ed25519 signature, 64 octets. */
export function ringCheckpointSigner(ring: DataKeyRing): CheckpointSigner {
  return {
    sign: ({ chainId, sequence, mac, sum, at }) => {
      const { id: keyId, key } = ring.currentKey('audit-signing')
      const stand = { chainId, sequence, mac, at, keyId }
      const signature = Buffer.concat([sum, sign(null, signedText(stand, sum), key)])
      return { ...stand, signature }
    },
  }
}

function digestOf(record: string): Uint8Array {
  return hash('sha256', record, 'buffer')
}

/** The parts before the chain's id have fixed lengths: no two inputs give the same octets. */
function macOver(key: KeyObject, { previousMac, sequence, digest, chainId }: MacInput): Uint8Array {
  return createHmac('sha256', key)
    .update(previousMac)
    .update(octetsOf(sequence))
    .update(digest)
    .update(chainId)
    .digest()
}

function accumulate(previous: Uint8Array, link: { sequence: number; mac: Uint8Array; digest: Uint8Array }): Uint8Array {
  return hash('sha256', Buffer.concat([previous, octetsOf(link.sequence), link.mac, link.digest]), 'buffer')
}

function signedSum(checkpoint: ChainCheckpoint, publicKey: Uint8Array | undefined): Uint8Array | undefined {
  if (publicKey === undefined) return undefined
  const sum = checkpoint.signature.subarray(0, SUM_OCTETS)
  const good = verify(
    null,
    signedText(checkpoint, sum),
    publicKeyOf(publicKey),
    checkpoint.signature.subarray(SUM_OCTETS),
  )
  return good ? sum : undefined
}

function signedText(stand: Omit<ChainCheckpoint, 'signature'>, sum: Uint8Array): Buffer {
  const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')
  const { chainId, sequence, mac, at, keyId } = stand
  return Buffer.from(JSON.stringify(['driftlock audit checkpoint 1', chainId, sequence, hex(mac), hex(sum), at, keyId]))
}

function octetsOf(sequence: number): Buffer {
  const octets = Buffer.allocUnsafe(8)
  octets.writeBigUInt64BE(BigInt(sequence))
  return octets
}
