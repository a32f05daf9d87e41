import { type CloudSideRecord, type ManagerRecord, recordsOfManager, type SideRecord } from './both-sides.ts'
import type { Manager } from './manager.ts'

/**
 * In what a manager is not as the cloud, one line each: every record is there once and alike, every active one of a user who
 * is there has one token with its seed, nobody else has any, and both know the same step as the last one used.
 * @param users names of the users of the manager.
 */
export async function differences(
  manager: Manager,
  there: readonly CloudSideRecord[],
  users: readonly string[],
): Promise<readonly string[]> {
  const { records, tokenSerials } = await recordsOfManager(manager)
  const here = new Map(records.map((record) => [record.recordId, record]))
  const known = new Set(users.map((name) => name.toLowerCase()))
  const serving = there.filter(
    ({ state, userAttribute }) => state === 'active' && known.has(userAttribute.toLowerCase()),
  )
  const wanted = serving.map(({ serial }) => serial)
  return [
    ...there.flatMap((record) => differencesOf(record, here.get(record.recordId), wanted.includes(record.serial))),
    ...records.filter(({ recordId }) => !there.some((one) => one.recordId === recordId)).map(named('is no more there')),
    ...(records.length === here.size ? [] : ['a record is here twice']),
    ...(tokenSerials.join() === wanted.join() ? [] : [`tokens ${tokenSerials.join()} instead of ${wanted.join()}`]),
  ]
}

function differencesOf(there: CloudSideRecord, here: ManagerRecord | undefined, isServing: boolean): readonly string[] {
  if (here === undefined) return [named('is missing')(there)]
  const { lastUsedStep } = there
  const faults = FIELDS.filter((field) => there[field] !== here[field]).map(
    (field) => `has ${field} ${here[field]} instead of ${there[field]}`,
  )
  if (isServing && here.username?.toLowerCase() !== there.userAttribute.toLowerCase())
    faults.push(`serves ${here.username}`)
  if (isServing && here.tokenStep !== lastUsedStep) faults.push(`has step ${here.tokenStep} instead of ${lastUsedStep}`)
  if (!isServing && here.tokenStep !== null) faults.push('serves though it must not')
  return faults.map((fault) => named(fault)(there))
}

const FIELDS = [
  'serial',
  'userAttribute',
  'identitySource',
  'state',
  'seedVersion',
  'changeTimeMs',
  'seed',
] as const satisfies readonly (keyof SideRecord)[]

const named =
  (text: string) =>
  ({ serial, userAttribute }: SideRecord): string =>
    `${serial} of ${userAttribute} ${text}`
