import { describe, expect, it } from 'vitest'
import { environmentName, SETTING_PLACES } from './setting-sources.ts'
import { unknownVariables } from './unknown-variables.ts'

const told = (environment: Record<string, string>): readonly string[] =>
  unknownVariables(environment).map(({ text, advice }) => `${text} ${advice}`.trim())

describe('a variable that no setting is called by', () => {
  it.each([
    ['letters swapped', 'DRIFTLOCK_HTTP_PROT', 'DRIFTLOCK_HTTP_PORT'],
    ['a line missing', 'DRIFTLOCK_HTTP_REQUESTS_PERMINUTE', 'DRIFTLOCK_HTTP_REQUESTS_PER_MINUTE'],
    ['its part left out', 'DRIFTLOCK_PORT', 'DRIFTLOCK_HTTP_PORT'],
    ['a word cut short', 'DRIFTLOCK_TLS_CERT_FILE', 'DRIFTLOCK_HTTP_TLS_CERTIFICATE_FILE'],
    ['a file where none is read', 'DRIFTLOCK_LOG_LEVEL_FILE', 'DRIFTLOCK_LOG_LEVEL'],
    ['one letter too many', 'DRIFTLOCK_DATABASES_FILE', 'DRIFTLOCK_DATABASE_FILE'],
  ])('is named with the nearest that is one: %s', (_, given, nearest) => {
    expect(told({ [given]: 'sekret' })).toEqual([
      `The environment variable ${given} is no setting and is passed over. Did you mean ${nearest}?`,
    ])
  })

  it('is named alone when nothing is near', () => {
    expect(told({ DRIFTLOCK_QUANTUM_FLUX: '1' })).toEqual([
      'The environment variable DRIFTLOCK_QUANTUM_FLUX is no setting and is passed over.',
    ])
  })
})

describe('nothing is said', () => {
  it('of the settings themselves, secrets from files, and what the program reads beside them', () => {
    const own = ['DRIFTLOCK_DATA', 'DRIFTLOCK_MASTER_KEY', 'DRIFTLOCK_DEBUG', 'DRIFTLOCK_DATABASE_FILE']
    const names = [...SETTING_PLACES.map(environmentName), ...own]
    expect(told(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([])
  })

  it('of what Kubernetes puts there for services called driftlock or driftlock-something', () => {
    const environment = {
      DRIFTLOCK_SERVICE_HOST: '10.96.0.7',
      DRIFTLOCK_SERVICE_PORT: '5555',
      DRIFTLOCK_SERVICE_PORT_HTTPS: '5555',
      DRIFTLOCK_PORT: 'tcp://10.96.0.7:5555',
      DRIFTLOCK_PORT_5555_TCP: 'tcp://10.96.0.7:5555',
      DRIFTLOCK_PORT_5555_TCP_PROTO: 'tcp',
      DRIFTLOCK_PORT_5555_TCP_PORT: '5555',
      DRIFTLOCK_PORT_5555_TCP_ADDR: '10.96.0.7',
      DRIFTLOCK_RADIUS_PORT_1812_UDP_ADDR: '10.96.0.8',
      DRIFTLOCK_POSTGRESQL_SERVICE_HOST: '10.96.0.9',
    }
    expect(told(environment)).toEqual([])
  })

  it('of other programs’ variables', () => {
    expect(told({ PATH: '/bin', DRIFT: '1', MY_DRIFTLOCK_HTTP_PROT: '1' })).toEqual([])
  })
})
