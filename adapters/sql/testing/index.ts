export { freePort } from './free-port.ts'
export { plainAuditChain } from './plain-audit-chain.ts'
export {
  acceptance,
  sampleEntry,
  sampleId,
  sampleToken,
  sampleUser,
  storedUserWithToken,
  subjectOf,
} from './sample-data.ts'
export { postgresqlPrograms, type ScratchPostgresql, startScratchPostgresql } from './scratch-postgresql.ts'
