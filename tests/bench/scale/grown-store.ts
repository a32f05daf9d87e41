import { canonicalJson } from '@driftlock/application'
import { type GrowingDatabase, twelve } from './growing-database.ts'

const DOMAIN_COUNT = 10
const MS_PER_DAY = 86_400_000
const GIVEN_NAMES = ['Ada', 'Bela', 'Chen', 'Dora', 'Emil', 'Fatima', 'Goro', 'Hana']

const userId = (number: string) => `'0190aaaa-0000-7000-8000-' || ${twelve(number)}`
/** The numbers of a table's rows, spread so that neighbours differ. */
const spread = (number: string, over: number) => `(${number} * 7919 % ${over})`
/** Of a row, by nothing that its other columns follow. */
const domainOf = (number: string) => `'domain-' || (${number} / 7 % ${DOMAIN_COUNT})`

export function nameOf(number: number): string {
  return `user${String(number).padStart(12, '0')}`
}

/**
 * Gives every imported token an owner, an expiry, a domain and a status, and makes the owners: by SQL alone, for what is measured
 * afterwards is how the store is searched, not how it came to be. One token in a hundred stays free, one in a thousand is
 * disabled, one in ten is of another kind. Ten domains hold all but the last token and the last user, which lie in one alone; an
 * eleventh is empty.
 */
export async function growUsers(database: GrowingDatabase, userCount: number, nowMs: number): Promise<void> {
  const given = GIVEN_NAMES.map((name, index) => `WHEN ${index} THEN '${name}'`).join(' ')
  const givenName = `CASE ${spread('i', GIVEN_NAMES.length)} ${given} END`
  for (const name of [...Array(DOMAIN_COUNT).keys(), 'last', 'empty']) {
    await database.execute(`INSERT INTO security_domains (id, name, name_key, parent_id, notes, version)
      VALUES ('domain-${name}', 'Domain ${name}', 'domain ${name}', 'root', '', 1)`)
  }
  await database.withoutIndexes('users', async () => {
    await database.execute(`INSERT INTO users (id, username, username_key, security_domain_id, identity_source_id, enabled,
        version, first_name, last_name, email, phone, notes, first_name_key, last_name_key, email_key, created_at, updated_at)
      SELECT ${userId('i')}, 'user' || ${twelve('i')}, 'user' || ${twelve('i')}, ${domainOf('i')}, 'internal', 1, 1,
        ${givenName}, 'Name' || ${spread('i', 50_021)}, 'user' || i || '@example.org', '', '',
        lower(${givenName}), 'name' || ${spread('i', 50_021)}, 'user' || i || '@example.org', ${nowMs}, ${nowMs}
      FROM ${database.numbers(userCount)}`)
  })
  await database.execute(
    `INSERT INTO login_names (name, shown, user_id, is_alias) SELECT username_key, username, id, 0 FROM users`,
  )
  const number = 'CAST(serial AS BIGINT)'
  await database.withoutIndexes('tokens', async () => {
    await database.execute(`UPDATE tokens SET
        user_id = CASE WHEN ${number} % 100 = 0 THEN NULL ELSE ${userId(number)} END,
        owner_key = CASE WHEN ${number} % 100 = 0 THEN NULL ELSE 'user' || serial END,
        kind = CASE WHEN ${number} % 10 = 0 THEN 'securid' ELSE kind END,
        enabled = CASE WHEN ${number} % 1000 = 0 THEN 0 ELSE 1 END,
        expires_at = ${nowMs} + ${spread(number, 1800)} * ${MS_PER_DAY},
        last_accepted_at = ${nowMs} - (1 + ${spread(number, 90)}) * ${MS_PER_DAY},
        last_used_day = ${Math.floor(nowMs / MS_PER_DAY)} - 1 - ${spread(number, 90)},
        security_domain_id = ${domainOf(number)}`)
    await growRarities(database, userCount)
  })
}

/** Of what is rare there is one, at the end of the lists, so that whoever looks for it row by row looks at every row. */
async function growRarities(database: GrowingDatabase, userCount: number): Promise<void> {
  const last = String(userCount - 1)
  await database.execute(`UPDATE tokens SET security_domain_id = 'domain-last', lost = 1, new_pin_required = 1,
    form_factor = 'pinpad', kind = 'hotp', pending_seed = seed WHERE serial = ${twelve(last)}`)
  await database.execute(`UPDATE users SET security_domain_id = 'domain-last', enabled = 0, expires_at = 1
    WHERE id = ${userId(last)}`)
}

/** A record as a log-on leaves one; what differs from row to row is put in by SQL. */
const LOGGED_ON = {
  id: '@id',
  at: 0,
  actor: { type: 'agent', id: 'agent-1', name: 'vpn' },
  agent: 'vpn',
  action: 'authenticate',
  outcome: 'success',
  reason: 'passcode-accepted',
  username: '@username',
  userId: '@user',
  tokenSerial: '@serial',
  securityDomainId: 'root',
  clientAddress: '192.0.2.17',
  trace: 'x'.repeat(400),
}

const MS_BETWEEN = 100

/**
 * Fills the audit log with log-ons, ten a second, of users drawn evenly, in a chain of their own (its MACs are made up: it is
 * searched here, not verified). One in a thousand is not a log-on but an act of administration; the oldest alone is of another
 * agent, actor, reason and domain.
 */
export async function growAudit(
  database: GrowingDatabase,
  recordCount: number,
  users: { readonly count: number; readonly nowMs: number },
): Promise<void> {
  const at = `(${users.nowMs} - (${recordCount} - i) * ${MS_BETWEEN})`
  const hex = database.hexadecimal(at)
  const id = `substr(${hex}, 1, 8) || '-' || substr(${hex}, 9) || '-7000-8000-' || ${twelve('i')}`
  const owner = `(1 + ${spread('i', users.count)})`
  const action = `CASE WHEN i % 1000 = 0 THEN 'assign-token' ELSE 'authenticate' END`
  const record = [
    [`"@id"`, `'"' || ${id} || '"'`],
    [`"@username"`, `'"user' || ${twelve(owner)} || '"'`],
    [`"@user"`, `'"' || ${userId(owner)} || '"'`],
    [`"@serial"`, `'"' || ${twelve(owner)} || '"'`],
    [`"at":0`, `'"at":' || ${at}`],
  ].reduce((text, [mark, value]) => `replace(${text}, '${mark}', ${value})`, `'${canonicalJson(LOGGED_ON)}'`)
  await database.withoutIndexes('audit_records', async () => {
    await database.execute(`
      INSERT INTO audit_records (id, chain_id, sequence, mac, key_id, record, at, action, outcome, reason, actor_id, user_id,
        token_serial, security_domain_id, agent)
      SELECT ${id}, 'grown', i, ${database.emptyBytes(32)}, 'grown', ${record}, ${at}, ${action},
        CASE WHEN i % 20 = 0 THEN 'failure' ELSE 'success' END,
        CASE WHEN i = 1 THEN 'token-expired' WHEN i % 20 = 0 THEN 'wrong-passcode' ELSE 'passcode-accepted' END,
        CASE WHEN i = 1 THEN 'agent-2' ELSE 'agent-1' END, ${userId(owner)}, ${twelve(owner)},
        CASE WHEN i = 1 THEN 'domain-last' ELSE ${domainOf('i')} END, CASE WHEN i = 1 THEN 'door' ELSE 'vpn' END
      FROM ${database.numbers(recordCount)}`)
  })
}
