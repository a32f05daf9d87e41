import { INITIAL_POLICIES } from '@driftlock/domain'
import { startRadius } from '@driftlock/driftlock'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RadiusInstance, SECRET, startRadiusInstance } from './testing/radius-instance.ts'
import { runProgram } from './testing/run-program.ts'
import { oathtoolCode, stokenCode } from './testing/token-programs.ts'

let server: RadiusInstance

beforeAll(async () => {
  server = await startRadiusInstance()
})
afterAll(() => server.close())
beforeEach(() => server.setClient())

interface Answer {
  readonly code: string
  readonly message: string
  readonly state: string
  readonly text: string
}

interface Asking {
  readonly state?: string
  readonly extra?: string
  readonly flags?: readonly string[]
}

/** One request by radclient; a State carries a dialogue on. */
async function ask(username: string, password: string, { state, extra, flags = [] }: Asking = {}): Promise<Answer> {
  const isTcp = flags.includes('tcp')
  const where = `127.0.0.1:${isTcp ? server.tcpPort : server.port}`
  const lines = [
    `User-Name = "${username}"`,
    `User-Password = "${password}"`,
    ...(state === undefined ? [] : [`State = ${state}`]),
    ...(extra === undefined ? [] : [extra]),
    'Message-Authenticator = 0x00',
  ]
  const args = ['-x', '-t', '3', '-r', '1', ...flags, where, 'auth', SECRET]
  const { output } = await runProgram('radclient', args, `${lines.join(', ')}\n`)
  const text = output.slice(output.indexOf('Received'))
  return {
    code: /Received (\S+)/.exec(text)?.[1] ?? `nothing: ${output}`,
    message: /Reply-Message = "(.*)"/.exec(text)?.[1] ?? '',
    state: /State = (0x[0-9a-f]+)/.exec(text)?.[1] ?? '',
    text,
  }
}

describe.each([
  ['UDP', []],
  ['TCP', ['-P', 'tcp']],
])('a log-on by radclient over %s', (transport, flags) => {
  it('takes PIN and a tokencode of oathtool once', async () => {
    const ada = await server.addHolder(`ada-${transport}`)
    const passcode = ada.pin + oathtoolCode(ada)
    expect((await ask(ada.username, passcode, { flags })).code).toBe('Access-Accept')
    const again = await ask(ada.username, passcode, { flags })
    expect(again).toMatchObject({ code: 'Access-Reject', message: 'Access denied.' })
    expect(await server.reasons(ada.username)).toEqual(['passcode-accepted', 'tokencode-reused'])
  })

  it('takes PIN and a tokencode of stoken', async () => {
    const bob = await server.addHolder(`bob-${transport}`, { kind: 'securid' })
    expect((await ask(bob.username, bob.pin + stokenCode(bob), { flags })).code).toBe('Access-Accept')
  })

  it('asks for the next tokencode after three bad ones, and takes it', async () => {
    const cleo = await server.addHolder(`cleo-${transport}`)
    for (const bad of ['000001', '000002', '000003']) await ask(cleo.username, cleo.pin + bad, { flags })
    const challenge = await ask(cleo.username, cleo.pin + oathtoolCode(cleo), { flags })
    expect(challenge.code).toBe('Access-Challenge')
    expect(challenge.message).toBe('Wait for the tokencode to change, then enter the new tokencode: ')
    expect(challenge.text).toMatch(/Prompt = No-Echo[\s\S]*Session-Timeout = \d+/)
    const { state } = challenge
    expect((await ask(cleo.username, oathtoolCode(cleo, 1), { state, flags })).code).toBe('Access-Accept')
    expect((await ask(cleo.username, oathtoolCode(cleo, 2), { state, flags })).code).toBe('Access-Reject')
  })
})

it('rejects a name that nobody has, in the same words', async () => {
  expect(await ask('nobody', '4837123456')).toMatchObject({ code: 'Access-Reject', message: 'Access denied.' })
})

it('mixes the PIN into the code of a PINPad token', async () => {
  const dan = await server.addHolder('dan', { passcodeStyle: 'pinpad', pin: '4837' })
  const code = oathtoolCode(dan)
  const mixed = [...code].map((digit, place) => {
    const pinPlace = place - (code.length - dan.pin.length)
    return (Number(digit) + Number(dan.pin[pinPlace] ?? 0)) % 10
  })
  expect((await ask('dan', mixed.join(''))).code).toBe('Access-Accept')
})

it('leads through new PIN mode: a refused PIN, a mismatch, the PIN twice, then the full passcode', async () => {
  const eve = await server.addHolder('eve', { pin: '' })
  let answer = await ask('eve', oathtoolCode(eve))
  expect(answer.message).toBe('Enter your new PIN of 4 to 8 digits: ')
  answer = await ask('eve', '1234', answer)
  expect(answer.message).toMatch(
    /^PIN rejected: The PIN is too easy to guess.*\\nEnter your new PIN of 4 to 8 digits: $/,
  )
  answer = await ask('eve', '5937', answer)
  expect(answer.message).toBe('Please re-enter new PIN: ')
  answer = await ask('eve', '5938', answer)
  expect(answer.message).toMatch(/^Pins do not match--Please try again\.\\nEnter your new PIN/)
  answer = await ask('eve', '5937', answer)
  answer = await ask('eve', '5937', answer)
  expect(answer.message).toMatch(/Wait for the code on your card to change, then enter new PIN and TokenCode/)
  expect((await ask('eve', `5937${oathtoolCode(eve)}`)).code).toBe('Access-Reject')
  expect((await ask('eve', `5937${oathtoolCode(eve, 1)}`, answer)).code).toBe('Access-Accept')
  expect((await ask('eve', `5937${oathtoolCode(eve, 2)}`)).code).toBe('Access-Accept')
})

it('offers a PIN the system made, takes y, and then the full passcode', async () => {
  await server.setTokenPolicy({ pin: { ...INITIAL_POLICIES.token.pin, creation: 'system' } })
  const finn = await server.addHolder('finn', { pin: '' })
  const offer = await ask('finn', oathtoolCode(finn))
  const pin = /^Your new PIN is: (\d+)\\nDo you accept this \[y\/n\]\? $/.exec(offer.message)?.[1] ?? offer.message
  expect(offer.text).toContain('Prompt = Echo')
  const accepted = await ask('finn', 'y', offer)
  expect(accepted.message).toMatch(/^PIN accepted\./)
  expect((await ask('finn', pin + oathtoolCode(finn, 1), accepted)).code).toBe('Access-Accept')
  const gus = await server.addHolder('gus', { pin: '' })
  expect((await ask('gus', 'n', await ask('gus', oathtoolCode(gus)))).code).toBe('Access-Reject')
  await server.setTokenPolicy({})
})

it('rejects what it would have to ask where the client cannot show it; the token stays in its mode', async () => {
  await server.setClient({ supportsChallenge: false, rejectDetail: 'advice' })
  const hal = await server.addHolder('hal', { pin: '' })
  const rejected = await ask('hal', oathtoolCode(hal))
  expect(rejected).toMatchObject({ code: 'Access-Reject', state: '' })
  expect(rejected.message).toContain('token web page')
  await server.setClient()
  expect((await ask('hal', oathtoolCode(hal, 1))).message).toBe('Enter your new PIN of 4 to 8 digits: ')
})

it('says nothing in a reject where the client is told nothing', async () => {
  await server.setClient({ rejectDetail: 'nothing' })
  expect(await ask('nobody', '123456')).toMatchObject({ code: 'Access-Reject', message: '' })
})

it('uses the words, names and attributes of the client', async () => {
  await server.setClient({
    stripRealm: true,
    prompts: { 'next-tokencode': 'Code suivant : ' },
    replyAttributes: ['Filter-Id=staff', 'Class=0x0102'],
  })
  const ina = await server.addHolder('ina', { badTokencodeCount: 3 })
  const challenge = await ask('CORP\\\\ina@example.com', ina.pin + oathtoolCode(ina))
  expect(challenge.message).toBe('Code suivant : ')
  const { text } = await ask('CORP\\\\ina@example.com', oathtoolCode(ina, 1), challenge)
  expect(text).toMatch(/Filter-Id = "staff"[\s\S]*Class = 0x0102/)
})

it('speaks the language of the client, in its own words where it has some in that language', async () => {
  const translations = { de: { 'new-pin-confirm': 'Noch einmal: ' }, fr: { 'new-pin-confirm': 'Encore : ' } }
  await server.setClient({ language: 'de', translations, rejectDetail: 'advice' })
  const ulla = await server.addHolder('ulla', { pin: '' })
  let answer = await ask('ulla', oathtoolCode(ulla))
  expect(answer.message).toBe('Geben Sie Ihre neue PIN aus 4 bis 8 Ziffern ein: ')
  answer = await ask('ulla', '12', answer)
  expect(answer.message).toMatch(/^PIN abgelehnt: Die PIN ist zu kurz\.\\nGeben Sie/)
  answer = await ask('ulla', '5937', answer)
  expect(answer.message).toBe('Noch einmal: ')
  const denied = 'Zugriff verweigert. Warten Sie, bis der Code wechselt, und versuchen Sie es dann noch einmal.'
  expect(await ask('nobody', '4837123456')).toMatchObject({ code: 'Access-Reject', message: denied })
})

it('lets only the groups of the client in, without spending the code of anybody else', async () => {
  const jan = await server.addHolder('jan')
  const code = oathtoolCode(jan)
  await server.setClient({ groups: ['Consultants'] })
  expect((await ask('jan', jan.pin + code)).code).toBe('Access-Reject')
  const root = (await server.instance.store.administration.read.securityDomains.find('root'))?.name ?? ''
  await server.setClient({ groups: ['Consultants', root] })
  expect((await ask('jan', jan.pin + code)).code).toBe('Access-Accept')
})

it('does not take a State of another user or a made-up one', async () => {
  const kai = await server.addHolder('kai', { badTokencodeCount: 3 })
  const lea = await server.addHolder('lea')
  const { state } = await ask('kai', kai.pin + oathtoolCode(kai))
  expect((await ask('lea', oathtoolCode(lea, 1), { state })).code).toBe('Access-Reject')
  expect((await ask('lea', lea.pin + oathtoolCode(lea, 2), { state: '0x0102030405' })).code).toBe('Access-Reject')
  expect((await ask('lea', lea.pin + oathtoolCode(lea, 2))).code).toBe('Access-Accept')
})

it('gets its status over UDP', async () => {
  const status = ['-x', '-t', '1', '-r', '1', `127.0.0.1:${server.port}`, 'status', SECRET]
  expect((await runProgram('radclient', status, 'Message-Authenticator = 0x00\n')).output).toContain('Access-Accept')
})

it('names a wrong shared secret in the activity log, once, and counts it against no user', async () => {
  const max = await server.addHolder('max')
  await server.setClient({}, 'quite-another-secret')
  const lines = `User-Name = "max", User-Password = "${max.pin}${oathtoolCode(max)}"\n`
  for (let round = 0; round < 8; round++) {
    const args = ['-t', '1', '-r', '1', `127.0.0.1:${server.port}`, 'auth', 'the-secret-before']
    await runProgram('radclient', args, lines)
  }
  const { auditLog } = server.instance.store.administration.read
  const suspicions = await auditLog.search({ actions: ['suspect-radius-secret'] }, { limit: 10 })
  expect(suspicions.items.map(({ entry }) => [entry.agent, entry.clientAddress])).toEqual([
    ['vpn.example', '127.0.0.1'],
  ])
  expect(await server.reasons('max')).toEqual([])
})

it('demands Message-Authenticator of a client that has once sent one, in every instance', async () => {
  await server.setClient({ messageAuthenticator: 'auto' })
  expect((await ask('nobody', '123456')).code).toBe('Access-Reject')
  const { clients } = server.instance.store.administration.read
  const stored = async () => (await clients.radiusClients({}, { limit: 1 })).items[0]
  await expect.poll(async () => (await stored())?.profile).toMatchObject({ hasSentMessageAuthenticator: true })
  const other = await startRadius(server.instance, { addresses: ['127.0.0.1'], port: 0, onError: () => undefined })
  expect(other.server.requiresMessageAuthenticator((await stored())?.id ?? '')).toBe(true)
  await other.close()
})

it('writes down when a client was last heard of', async () => {
  const edge = await startRadius(server.instance, { addresses: ['127.0.0.1'], port: 0, onError: () => undefined })
  const args = ['-t', '3', '-r', '1', `127.0.0.1:${edge.bound.udp[0]?.port}`, 'auth', SECRET]
  await runProgram('radclient', args, 'User-Name = "nobody", User-Password = "123456"\n')
  await edge.close()
  const { items } = await server.instance.store.administration.read.clients.radiusClients({}, { limit: 1 })
  expect(Date.now() - (items[0]?.lastSeenAt ?? 0)).toBeLessThan(10_000)
})
