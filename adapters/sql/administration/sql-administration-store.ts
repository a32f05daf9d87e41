import type {
  AdministrationReader,
  AdministrationStore,
  AdministrationTransaction,
  AuditChain,
} from '@driftlock/application'
import type { AuditEntry } from '@driftlock/domain'
import type { Engine, Queries } from '../engine.ts'
import { searchColumns } from '../rows/audit-row.ts'
import { accessQueries, accessRepository } from './access.ts'
import { auditQueries, auditRepository } from './audit-log.ts'
import { writeAudit } from './audit-writer.ts'
import { clientQueries, clientRepository } from './clients.ts'
import { configurationQueries, configurationRepository } from './configuration.ts'
import { securityDomainQueries, securityDomainRepository } from './security-domains.ts'
import { tokenStaging, tokenStagingMove } from './token-staging.ts'
import { tokenQueries, tokenRepository } from './tokens.ts'
import { translating } from './translating.ts'
import { haQueries } from '../high-availability/ha-queries.ts'
import { haRepository } from '../high-availability/ha-repository.ts'
import { userQueries, userRepository } from './users.ts'

function readerOver({ kind, reader, translate }: Engine): AdministrationReader {
  return {
    users: translating(userQueries(reader, kind), translate),
    tokens: translating(tokenQueries(reader, kind), translate),
    securityDomains: translating(securityDomainQueries(reader), translate),
    configuration: translating(configurationQueries(reader), translate),
    access: translating(accessQueries(reader), translate),
    clients: translating(clientQueries(reader), translate),
    // The columns of a record are no question to the database.
    auditLog: { ...translating(auditQueries(reader, kind), translate), columnsOf: searchColumns },
    highAvailability: translating(haQueries(reader), translate),
  }
}

interface TransactionParts {
  readonly chain: AuditChain
  readonly kind: Engine['kind']
  readonly entries: AuditEntry[]
}

function transactionOver(queries: Queries, { chain, kind, entries }: TransactionParts): AdministrationTransaction {
  return {
    users: userRepository(queries, kind),
    tokens: { ...tokenRepository(queries, kind), ...tokenStagingMove(queries) },
    securityDomains: securityDomainRepository(queries),
    configuration: configurationRepository(queries),
    access: accessRepository(queries),
    clients: clientRepository(queries),
    auditLog: auditRepository(queries, { chain, kind }),
    highAvailability: haRepository(queries, kind),
    audit: (entry) => void entries.push(entry),
  }
}

/** Administration over either engine, by one set of queries. */
export function sqlAdministrationStore(engine: Engine, chain: AuditChain): AdministrationStore {
  return {
    read: readerOver(engine),
    staging: translating(tokenStaging(engine), engine.translate),
    async transaction(work) {
      let entries: AuditEntry[] = []
      return await engine.write(
        async (queries) => {
          entries = []
          const result = await work(transactionOver(queries, { chain, kind: engine.kind, entries }))
          await writeAudit(queries, entries, { chain, kind: engine.kind })
          return result
        },
        () => entries.map(({ id }) => id),
      )
    },
  }
}
