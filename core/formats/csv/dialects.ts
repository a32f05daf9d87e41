import type { SecretEncoding } from '../secret-text.ts'

/** The layouts of seed lists that can be told apart or chosen. */
export type SeedDialect =
  | 'oath-v1'
  | 'oath-v2'
  | 'linotp'
  | 'entra'
  | 'reseller'
  | 'duo'
  | 'pingid'
  | 'phenixid'
  | 'multiotp'
  | 'pam-oath'
  | 'yubico-log'
  | 'columns'

/** What a line can say of a token, as text; a blank cell says nothing. */
export type SeedField =
  | 'serial'
  | 'secret'
  | 'kind'
  | 'algorithm'
  | 'digits'
  | 'interval'
  | 'counter'
  | 't0'
  | 'manufacturer'
  | 'model'
  | 'userId'

export type SeedFields = Readonly<Partial<Record<SeedField, string | undefined>>>

/** A dialect without a header row: the names of its leading columns that must be there, and what the cells mean. */
export type FixedDialect = {
  readonly encoding: SecretEncoding
  readonly required: readonly string[]
  /** The kind where a line does not say it; `chosen` when no line ever does and the administrator has to. */
  readonly kind?: 'hotp' | 'chosen'
  readonly fields: (cells: readonly string[]) => SeedFields
}

const oath = (cells: readonly string[]): SeedFields => {
  const [serial, secret, kind, digits, x] = cells
  const movingFactor = kind?.toLowerCase() === 'totp' ? { interval: x } : { counter: x }
  return { serial, secret, kind, digits, ...movingFactor }
}

/** pam_oath's type column: `HOTP`, `HOTP/E/6`, `HOTP/T30`, `HOTP/T60/8`, and `TOTP` as people write it for a time token. */
const pamOathKind = (type: string): SeedFields => {
  const match = /^(HOTP|TOTP)(?:\/(E|T(\d+)))?(?:\/(\d+))?$/i.exec(type)
  if (match === null) return { kind: type }
  const [, name = '', mode, interval, digits] = match
  const isTimed = name.toUpperCase() === 'TOTP'
  const countsPresses = mode === undefined ? !isTimed : mode.toUpperCase() === 'E'
  if (countsPresses && isTimed) return { kind: type }
  return countsPresses ? { kind: 'hotp', digits } : { kind: 'totp', interval, digits }
}

/** The dialects that have fixed columns (`token-formats` §3.3 has each layout's origin). */
export const fixedDialects: Readonly<
  Record<Exclude<SeedDialect, 'entra' | 'reseller' | 'columns' | 'yubico-log'>, FixedDialect>
> = {
  'oath-v1': { encoding: 'hex', required: ['serial', 'key'], kind: 'hotp', fields: oath },
  'oath-v2': {
    encoding: 'hex',
    required: ['user', 'resolver', 'realm', 'serial', 'key'],
    kind: 'hotp',
    fields: ([userId, , , ...cells]) => ({ ...oath(cells), userId }),
  },
  linotp: {
    encoding: 'hex',
    required: ['serial', 'key'],
    kind: 'hotp',
    fields: ([serial, secret, kind, digits, interval, algorithm]) => ({
      serial,
      secret,
      kind,
      digits,
      interval,
      algorithm,
    }),
  },
  duo: {
    encoding: 'hex',
    required: ['serial', 'key'],
    kind: 'chosen',
    fields: ([serial, secret]) => ({ serial, secret }),
  },
  pingid: {
    encoding: 'hex',
    required: ['serial', 'key'],
    kind: 'chosen',
    fields: ([serial, secret, counter]) => ({ serial, secret, counter }),
  },
  phenixid: {
    encoding: 'hex',
    required: ['type', 'serial', 'key'],
    fields: ([kind = '', serial, ...rest]) => {
      if (kind.toLowerCase() !== 'totp') return { kind, serial, secret: rest[0], counter: rest[1] }
      const [algorithm, secret, t0, interval, digits] = rest
      return {
        kind,
        serial,
        algorithm: algorithm?.toUpperCase() === 'SHA' ? 'SHA1' : algorithm,
        secret,
        t0,
        interval,
        digits,
      }
    },
  },
  multiotp: {
    encoding: 'hex',
    required: ['serial', 'manufacturer', 'type', 'key'],
    fields: ([serial, manufacturer, kind, secret, digits, x]) => {
      const movingFactor = kind?.toLowerCase() === 'totp' ? { interval: x } : { counter: x }
      return { serial, manufacturer, kind, secret, digits, ...movingFactor }
    },
  },
  'pam-oath': {
    encoding: 'hex',
    required: ['type', 'user', 'pin', 'key'],
    fields: ([type = '', user, , secret, counter]) => ({
      ...pamOathKind(type),
      serial: user,
      userId: user,
      secret,
      counter,
    }),
  },
}
