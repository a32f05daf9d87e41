import { type Endpoint, type MyToken, selfServiceEndpoints as e } from '@driftlock/contracts'
import type { BrowserContext, Route } from 'playwright'

const NOW = Date.now()
const DAY_MS = 86_400_000

const ready: MyToken = {
  id: 'token-1',
  serial: '000312345678',
  kind: 'securid',
  formFactor: 'key-fob',
  digits: 6,
  intervalSeconds: 60,
  passcodeStyle: 'fob',
  nickname: '',
  condition: 'ready',
  expiresAt: NOW + 400 * DAY_MS,
  expiresSoon: false,
  lastAcceptedAt: NOW - DAY_MS / 12,
  clockHealth: 'good',
  hasPin: true,
  pinRules: {
    minLength: 4,
    maxLength: 8,
    characters: 'digits',
    minLetters: 0,
    minDigits: 0,
    leadingZeroAllowed: false,
  },
  emergency: null,
  may: {
    enable: false,
    changePin: true,
    forgotPin: true,
    temporarilyUnavailable: true,
    permanentlyLost: true,
    resynchronise: true,
  },
}

const received: MyToken = {
  ...ready,
  id: 'token-2',
  serial: '000398765432',
  formFactor: 'software',
  digits: 8,
  nickname: 'Phone',
  condition: 'disabled',
  lastAcceptedAt: null,
  clockHealth: 'unknown',
  hasPin: false,
  may: { ...ready.may, enable: true, changePin: false },
}

const misplaced: MyToken = {
  ...ready,
  id: 'token-3',
  serial: '000355500011',
  formFactor: 'pinpad',
  condition: 'emergency-access',
  expiresSoon: true,
  clockHealth: 'poor',
  emergency: { method: 'one-time-set', codesLeft: 2, expiresAt: NOW + 7 * DAY_MS, pinNeeded: true },
}

const CODES = ['K7QX2M4P', 'B3HW9T6C', 'F8RD5N2J', 'M4ZK7V3Q', 'T2XG6P9B', 'H5CW8J4R', 'Q9NM3F7K', 'D6VB2T8X']

/** One answer to one endpoint, as the test wants it. */
export type Answers = Partial<Record<keyof typeof e, unknown>>

export const usualAnswers: Answers = {
  getSelfServiceSession: {
    user: { id: 'user-1', username: 'anna', displayName: 'Anna Berger' },
    entry: 'log-on',
    language: 'en',
    idleUntil: NOW + 600_000,
    endsAt: NOW + 3_600_000,
    serverTime: NOW,
  },
  listMyTokens: { items: [ready, received, misplaced] },
  listMyLogOns: {
    items: [
      ['success', 'passcode-accepted', 'vpn.example.com', '192.0.2.17'],
      ['failure', 'denied', 'vpn.example.com', '198.51.100.4'],
      ['warning', 'next-tokencode-after-bad-codes', 'Self-Service Console', '192.0.2.17'],
    ].map(([outcome, code, through, clientAddress], index) => ({
      id: `log-on-${index}`,
      at: NOW - index * 5_000_000,
      outcome,
      code,
      text: 'What the server says in English.',
      through,
      clientAddress,
      tokenSerial: '000312345678',
    })),
    next: 'page-2',
  },
  getMyEmergencyCodes: {
    tokenSerial: '000312345678',
    method: 'one-time-set',
    codes: CODES,
    expiresAt: NOW + 7 * DAY_MS,
    pinNeeded: true,
    ifTokenBecomesAvailable: 'allow-and-disable-emergency',
    fileName: 'emergency-codes-000312345678.txt',
    fileText: 'codes',
  },
  resynchroniseMyToken: { outcome: 'resynchronised', reason: 'resynchronised', text: '', possibleCauses: [] },
  testMyLogOn: { outcome: 'accept', text: 'Access allowed.', continuation: null, question: null },
  changeMyPin: { outcome: 'changed', text: '', token: ready },
  forgotMyPin: { outcome: 'changed', text: '', token: ready },
  enableMyToken: { ...received, condition: 'ready' },
  setMyLanguage: null,
}

/** Answers the self-service API inside the browser; every answer keeps to its contract. */
export async function mockSelfService(context: BrowserContext, answers: Answers = {}): Promise<void> {
  await context.route('**/api/v1/self-service/**', async (route) => {
    const found = endpointOf(route)
    if (!found) return route.fulfill({ status: 404 })
    const [name, endpoint] = found
    const answer = { ...usualAnswers, ...answers }[name]
    if (endpoint.status === 204) return route.fulfill({ status: 204 })
    return route.fulfill({ status: endpoint.status, json: endpoint.response.parse(answer) })
  })
}

/** Answers one endpoint with a problem. */
export async function mockProblem(
  context: BrowserContext,
  name: keyof typeof e,
  { status, code }: { readonly status: number; readonly code: string },
): Promise<void> {
  const { path } = e[name]
  await context.route(pathPattern(path), (route) =>
    route.fulfill({
      status,
      contentType: 'application/problem+json',
      json: { type: `urn:driftlock:error:${code}`, title: code, status, detail: '', code, requestId: 'TEST-00001' },
    }),
  )
}

function endpointOf(route: Route): readonly [keyof typeof e, Endpoint] | undefined {
  const request = route.request()
  const { pathname } = new URL(request.url())
  const entries = Object.entries(e) as [keyof typeof e, Endpoint][] // the table's own names
  return entries.find(([, { method, path }]) => method === request.method() && pathPattern(path).test(pathname))
}

function pathPattern(path: string): RegExp {
  return new RegExp(`${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}
