import { mkdirSync, writeFileSync } from 'node:fs'
import { AUDIT_REFERENCE, renderAuditReference } from './generate.ts'

mkdirSync(new URL('.', AUDIT_REFERENCE), { recursive: true })
writeFileSync(AUDIT_REFERENCE, renderAuditReference())
