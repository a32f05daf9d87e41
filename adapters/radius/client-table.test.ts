import { describe, expect, it } from 'vitest'
import { ClientTable } from './client-table.ts'
import { testClient } from './testing/fake-radius.ts'

function table(...clients: readonly [id: string, ...addresses: string[]][]) {
  const clientTable = new ClientTable()
  const refused = clientTable.setClients(clients.map(([id, ...addresses]) => testClient({ id, addresses })))
  return { refused, find: (address: string) => clientTable.find(address)?.client.id }
}

describe('a source address', () => {
  const { find } = table(
    ['all', '0.0.0.0/0'],
    ['ten', '10.0.0.0/8'],
    ['host', '10.1.2.3'],
    ['v6', '2001:db8::/33', 'fe80::/10'],
    ['odd', '10.1.2.4/31'],
  )
  it.each([
    ['10.1.2.3', 'host'],
    ['10.1.2.4', 'odd'],
    ['10.1.2.5', 'odd'],
    ['10.1.2.6', 'ten'],
    ['192.0.2.1', 'all'],
    ['::ffff:10.1.2.3', 'host'],
    ['2001:db8:7fff::1', 'v6'],
    ['2001:db8:8000::1', undefined],
    ['fe80::1%eth0', 'v6'],
    ['not an address', undefined],
  ])('%s belongs to the most specific client, %s', (address, id) => {
    expect(find(address)).toBe(id)
    expect(find(address)).toBe(id)
  })
})

it('refuses what is no address and a network another client has', () => {
  const { refused, find } = table(['a', '10.0.0.0/8', '10.0.0.0/33', 'vpn.example'], ['b', '10.9.9.9/8', '10.0.0.0/16'])
  expect(refused).toEqual(['10.0.0.0/33', 'vpn.example', '10.9.9.9/8'])
  expect(find('10.1.0.1')).toBe('a')
  expect(find('10.0.0.1')).toBe('b')
})

it('has no client whose secret is empty', () => {
  const clients = new ClientTable()
  expect(clients.setClients([testClient({ addresses: ['10.0.0.1'], secret: new Uint8Array() })])).toEqual(['10.0.0.1'])
  expect(clients.find('10.0.0.1')).toBeUndefined()
})

describe('a reload', () => {
  it('forgets removed clients at once and keeps counters of the others', () => {
    const clients = new ClientTable()
    clients.setClients([
      testClient({ id: 'a', addresses: ['10.0.0.1'] }),
      testClient({ id: 'b', addresses: ['10.0.0.2'] }),
    ])
    const counters = clients.find('10.0.0.1')?.counters
    expect(clients.find('10.0.0.2')).toBeDefined()
    clients.setClients([testClient({ id: 'a', addresses: ['10.0.0.9'] })])
    expect(clients.find('10.0.0.2')).toBeUndefined()
    expect(clients.find('10.0.0.9')?.counters).toBe(counters)
  })

  it('keeps what an auto client has shown until the store knows it, and lets an administrator reset it', () => {
    const clients = new ClientTable()
    const auto = testClient({ requireMessageAuthenticator: 'auto' })
    const must = () => clients.get('vpn')?.mustSendMessageAuthenticator
    clients.setClients([auto])
    const entry = clients.get('vpn')
    if (entry) entry.mustSendMessageAuthenticator = true
    clients.setClients([auto])
    expect(must()).toBe(true)
    clients.setClients([{ ...auto, hasSentMessageAuthenticator: true }])
    expect(must()).toBe(true)
    clients.setClients([auto])
    expect(must()).toBe(false)
    clients.setClients([{ ...auto, hasSentMessageAuthenticator: true }])
    clients.setClients([{ ...auto, requireMessageAuthenticator: 'no', hasSentMessageAuthenticator: true }])
    expect(must()).toBe(false)
  })
})
