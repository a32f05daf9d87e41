import { CloudError, type SealedRecord } from '@driftlock/application'
import { sealedSeedHeader } from '@driftlock/contracts'
import { compactDecrypt, decodeProtectedHeader } from 'jose'
import type { ManagerKeys } from './manager-keys.ts'

const ALGORITHMS = {
  keyManagementAlgorithms: ['ECDH-ES', 'ECDH-ES+A256KW'],
  contentEncryptionAlgorithms: ['A256GCM'],
}

/**
 * Opens the seed of a record. The sealed header names manager, record, serial and seed version, and is part of what the
 * seal protects: a seed that was moved to another serial, or is another manager's, is none. @throws CloudError `SEED_UNREADABLE`.
 */
export async function openSeed(record: SealedRecord, managerId: string, { sealing }: ManagerKeys): Promise<Uint8Array> {
  const { recordId, serial, seedVersion, sealedSeed } = record
  const refuse = (why: string, cause?: unknown) =>
    new CloudError('SEED_UNREADABLE', `The sealed seed of ${serial} was not taken: ${why}.`, {
      facts: { serial },
      ...(cause !== undefined && { cause }),
    })
  if (sealedSeed === undefined) throw refuse('there is none')
  try {
    const { kid } = sealedSeedHeader.parse(decodeProtectedHeader(sealedSeed))
    const key = sealing.get(kid)
    if (key === undefined) throw refuse('it is sealed to a key that is not ours')
    const { plaintext, protectedHeader } = await compactDecrypt(sealedSeed, key, ALGORITHMS)
    const header = sealedSeedHeader.parse(protectedHeader)
    const fits =
      header.managerId === managerId &&
      header.recordId === recordId &&
      header.serial === serial &&
      header.seedVersion === seedVersion
    if (fits) return plaintext
    plaintext.fill(0)
    throw refuse('it is the seed of another record or manager')
  } catch (error) {
    throw error instanceof CloudError ? error : refuse('it does not open', error)
  }
}
