export { publicAuditProof, ringAuditChain, ringAuditProof, ringCheckpointSigner } from './audit-chain.ts'
export { DataKeyRing } from './data-key-ring.ts'
export { KeyRingError, type KeyRingErrorCode } from './key-ring-error.ts'
export { type LateAuditChain, lateAuditChain } from './late-audit-chain.ts'
export { loadMasterKey, type MasterKeyPlaces, writeMasterKeyFile } from './load-master-key.ts'
export { type MasterKey, masterKeyOf } from './master-key.ts'
export { KEY_PURPOSES, type KeyRingParts, openKeyRing, refreshKeyRing } from './open-key-ring.ts'
export { KEY_GRACE_MS, rotateDataKey, rotateMasterKey } from './rotate-keys.ts'
export {
  lastSigningEnds,
  SIGN_AUDIT_MS,
  type SignedChain,
  signAuditChain,
  type SigningLog,
} from './sign-audit-chain.ts'
