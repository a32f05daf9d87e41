import type { KeyObject } from 'node:crypto'
import { CloudError, type SealedRecord } from '@driftlock/application'
import { sealedSeedHeader } from '@driftlock/contracts'
import { compactDecrypt, decodeProtectedHeader } from 'jose'
import type { ManagerKeys } from './manager-keys.ts'
import { openDirectly, usualHeaderIn } from './open-directly.ts'

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
    const carried = decodeProtectedHeader(sealedSeed)
    const usual = usualHeaderIn(carried)
    const header = usual ?? sealedSeedHeader.parse(carried)
    const key = sealing.get(header.kid)
    if (key === undefined) throw refuse('it is sealed to a key that is not ours')
    const fits =
      header.managerId === managerId &&
      header.recordId === recordId &&
      header.serial === serial &&
      header.seedVersion === seedVersion
    // What the header says holds once the seal opens: it is part of what the seal protects.
    if (!fits) throw refuse('it is the seed of another record or manager')
    return usual === undefined ? await openByLibrary(sealedSeed, key) : await openDirectly(sealedSeed, usual, key)
  } catch (error) {
    throw error instanceof CloudError ? error : refuse('it does not open', error)
  }
}

async function openByLibrary(sealed: string, key: KeyObject): Promise<Uint8Array> {
  const { plaintext } = await compactDecrypt(sealed, key, ALGORITHMS)
  return plaintext
}
