import type { FormFactor, PasscodeStyle, PredefinedRoleId, TokenKind, TokencodeAlgorithm } from '@driftlock/domain'

/** The state in which a user of the demo is found. */
export type DemoState = 'normal' | 'drifted' | 'locked' | 'expired' | 'lost' | 'next-tokencode' | 'new-pin'

export const DEMO_DOMAINS = ['Head Office', 'Branch Offices', 'Contractors'] as const
export type DemoDomain = (typeof DEMO_DOMAINS)[number]

/** What kind of token somebody holds; seed, serial and PIN are made at start. */
export interface DemoTokenKind {
  readonly kind: TokenKind
  readonly formFactor: FormFactor
  readonly algorithm: TokencodeAlgorithm
  readonly digits: number
  readonly intervalSeconds: number
  readonly style: PasscodeStyle
  /** The token's clock is so far ahead (+) or behind (-); HOTP: how often it was pressed unseen. */
  readonly offset: number
}

export interface DemoPerson {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly domain: DemoDomain
  readonly state: DemoState
  readonly tokens: readonly DemoTokenKind[]
  readonly role?: PredefinedRoleId
}

const fob = (algorithm: 'sha1' | 'sha256' | 'sha512', digits = 6, offset = 0): DemoTokenKind => ({
  kind: 'totp',
  formFactor: 'key-fob',
  algorithm,
  digits,
  intervalSeconds: 30,
  style: 'fob',
  offset,
})
const securid = (intervalSeconds: 30 | 60, offset = 0): DemoTokenKind => ({
  kind: 'securid',
  formFactor: 'key-fob',
  algorithm: 'aes-128',
  digits: 6,
  intervalSeconds,
  style: 'fob',
  offset,
})
const counter = (offset = 0): DemoTokenKind => ({ ...fob('sha1', 6, offset), kind: 'hotp', intervalSeconds: 0 })
const app = (style: PasscodeStyle, digits = 8): DemoTokenKind => ({
  ...securid(60),
  formFactor: 'software',
  digits,
  style,
})
const card = (): DemoTokenKind => ({ ...securid(60), formFactor: 'pinpad', style: 'pinpad' })
const codeOnly = (token: DemoTokenKind): DemoTokenKind => ({ ...token, style: 'tokencode-only' })

/** Fourteen hours and three minutes: the clock of a server whose time zone was set wrong, as the help desk meets it. */
const WRONG_TIME_ZONE_SECONDS = -50_580

type Row = readonly [username: string, name: string, state: DemoState, ...tokens: DemoTokenKind[]]

const HEAD_OFFICE: readonly Row[] = [
  ['admin', 'Ada Brandt', 'normal', securid(60)],
  ['helpdesk', 'Hilde Kern', 'normal', fob('sha1')],
  ['anna', 'Anna Lindqvist', 'normal', fob('sha1')],
  ['bela', 'Béla Horváth', 'normal', fob('sha256')],
  ['chiara', 'Chiara Rossi', 'normal', fob('sha512', 8)],
  ['dmitri', 'Dmitri Volkov', 'normal', securid(60)],
  ['elif', 'Elif Yıldız', 'normal', app('pinpad')],
  ['farid', 'Farid Nazari', 'normal', fob('sha1'), securid(60), counter()],
  ['greta', 'Greta Holm', 'drifted', securid(60, 150)],
]
const BRANCHES: readonly Row[] = [
  ['branch-admin', 'Bruno Costa', 'normal', securid(30)],
  ['hugo', 'Hugo Martin', 'normal', securid(30)],
  ['ines', 'Inês Pereira', 'normal', card()],
  ['jonas', 'Jonas Weber', 'normal', app('fob')],
  ['katya', 'Katya Ivanova', 'drifted', fob('sha1', 6, -75)],
  ['liam', 'Liam O’Connor', 'drifted', securid(60, WRONG_TIME_ZONE_SECONDS)],
  ['maja', 'Maja Nowak', 'locked', fob('sha1')],
  ['noor', 'Noor Haddad', 'expired', securid(60)],
  ['oskar', 'Oskar Lund', 'lost', securid(60)],
]
const CONTRACTORS: readonly Row[] = [
  ['paula', 'Paula Gómez', 'normal', counter()],
  ['quentin', 'Quentin Moreau', 'drifted', counter(12)],
  ['rosa', 'Rosa Schmidt', 'normal', codeOnly(fob('sha1'))],
  ['sven', 'Sven Eriksson', 'normal', codeOnly(securid(30))],
  ['tamar', 'Tamar Levi', 'next-tokencode', fob('sha1')],
  ['umar', 'Umar Khan', 'new-pin', securid(60)],
  ['vera', 'Vera Kovač', 'new-pin', fob('sha256')],
]

const ROLES: Readonly<Record<string, PredefinedRoleId>> = {
  admin: 'super-admin',
  helpdesk: 'help-desk',
  'branch-admin': 'security-domain-admin',
}

const inDomain =
  (domain: DemoDomain) =>
  ([username, name, state, ...tokens]: Row): DemoPerson => {
    const [firstName = '', ...rest] = name.split(' ')
    const role = ROLES[username]
    return { username, firstName, lastName: rest.join(' '), domain, state, tokens, ...(role !== undefined && { role }) }
  }

/** Twenty-five people in three security domains. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  ...HEAD_OFFICE.map(inDomain('Head Office')),
  ...BRANCHES.map(inDomain('Branch Offices')),
  ...CONTRACTORS.map(inDomain('Contractors')),
]

/** What lies in the drawer of every security domain, unassigned. */
export const DEMO_SPARES: readonly DemoTokenKind[] = [securid(60), securid(60), fob('sha1'), fob('sha1'), app('fob')]

/** So many more, with one TOTP token each, for load tests. */
export function plainPeople(count: number): readonly DemoPerson[] {
  return Array.from({ length: count }, (_, place) => ({
    username: `user${String(place + 1).padStart(5, '0')}`,
    firstName: 'User',
    lastName: String(place + 1),
    domain: 'Contractors',
    state: 'normal',
    tokens: [fob('sha1')],
  }))
}
