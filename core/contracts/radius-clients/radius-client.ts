import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { pageOf, pageQuery } from '../paging/page.ts'
import { radiusClientActivity, unknownRadiusClient } from './radius-client-activity.ts'
import { radiusClientProfile } from './radius-client-profile.ts'
import { domainReference, id, instant, nothing, secret, text } from '../values.ts'

export const radiusClient = z
  .object({
    id,
    name: z.string(),
    network: z.string().describe('An address or a network, 192.0.2.0/24'),
    requireMessageAuthenticator: z.boolean(),
    hasSentMessageAuthenticator: z.boolean().describe('With messageAuthenticator auto: from then on it is required'),
    transport: z.enum(['udp', 'tcp', 'tls']),
    securityDomain: domainReference,
    enabled: z.boolean(),
    notes: z.string(),
    profile: radiusClientProfile,
    warnings: z.array(z.string()).describe('What should be mended, such as a secret that was just set and is short'),
    createdAt: instant,
    lastSeenAt: instant.nullable(),
    version: z.int(),
  })
  .meta({ id: 'RadiusClient' })

const fields = z.object({
  name: text(255),
  network: text(64),
  secret: secret.describe('Shared secret; write only'),
  requireMessageAuthenticator: z.boolean(),
  transport: z.enum(['udp', 'tcp', 'tls']),
  securityDomainId: id,
  enabled: z.boolean(),
  notes: text(1024),
  profile: radiusClientProfile.partial().describe('What is left out stays as it is; a new client has the defaults'),
})

/** The test button: is the secret the same on both sides, did the client ask lately, does a log-on through it work. */
export const radiusClientTest = z
  .object({
    ok: z.boolean(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), text: z.string() })),
  })
  .meta({ id: 'RadiusClientTest' })

const params = z.object({ radiusClientId: id })
const PATH = '/api/v1/radius-clients/{radiusClientId}'

export const radiusClientEndpoints = {
  listRadiusClients: endpoint({
    method: 'GET',
    path: '/api/v1/radius-clients',
    summary: 'RADIUS clients, without their secrets',
    access: needs('view-radius-clients'),
    query: pageQuery.extend({ text: text(255).optional(), securityDomainId: id.optional() }),
    response: pageOf(radiusClient),
  }),
  getRadiusClient: endpoint({
    method: 'GET',
    path: PATH,
    summary: 'One RADIUS client',
    access: needs('view-radius-clients'),
    params,
    response: radiusClient,
  }),
  createRadiusClient: endpoint({
    method: 'POST',
    path: '/api/v1/radius-clients',
    summary: 'Create a RADIUS client',
    access: needs('create-radius-client'),
    status: 201,
    body: fields
      .omit({ enabled: true })
      .partial()
      .required({ name: true, network: true, secret: true, securityDomainId: true }),
    response: radiusClient,
  }),
  updateRadiusClient: endpoint({
    method: 'PATCH',
    path: PATH,
    summary: 'Change a RADIUS client',
    access: needs('update-radius-client'),
    precondition: true,
    params,
    body: fields.partial(),
    response: radiusClient,
  }),
  testRadiusClient: endpoint({
    method: 'POST',
    path: `${PATH}/test`,
    summary: 'Check a RADIUS client: last seen, garbled passwords (wrong secret), failures',
    access: needs('view-radius-clients'),
    params,
    response: radiusClientTest,
  }),
  viewRadiusActivity: endpoint({
    method: 'GET',
    path: '/api/v1/radius-activity',
    summary: 'What passed between RADIUS clients and all instances, restarts included, and who is no client',
    access: needs('view-radius-clients'),
    response: z.object({
      servedHere: z
        .boolean()
        .describe(
          'Whether the instance that answers serves RADIUS itself; others of the deployment may, whatever this says',
        ),
      clients: z.array(radiusClientActivity),
      unknown: z.array(unknownRadiusClient).describe('Last seen first; only for administrators of the whole tree'),
    }),
  }),
  deleteRadiusClient: endpoint({
    method: 'DELETE',
    path: PATH,
    summary: 'Delete a RADIUS client',
    access: needs('delete-radius-client'),
    precondition: true,
    status: 204,
    params,
    response: nothing,
  }),
} as const

export type RadiusClient = z.infer<typeof radiusClient>
export type RadiusClientTest = z.infer<typeof radiusClientTest>
