import { z } from 'zod'
import { emergencyMethod, ifTokenBecomesAvailable } from '../emergency-access/emergency-access.ts'
import { endpoint, needs } from '../endpoint.ts'

const lifetimeSeconds = z
  .int()
  .min(3600)
  .max(366 * 86_400)

/** Setup > Self-Service Settings, as seed 002 words it: one form over the settings `self_service.…`. */
export const selfServiceSettings = z
  .object({
    logOn: z.object({
      password: z.boolean().describe('Log on with the password'),
      passcode: z.boolean().describe('Log on with a passcode'),
      emergencyCode: z.boolean().describe('Accept an emergency access tokencode in place of the tokencode'),
    }),
    features: z.object({
      provisioning: z.boolean().describe('Enable provisioning features'),
      logOnSection: z.boolean().describe('Display log on section'),
      troubleshootingLinks: z.boolean().describe('Display troubleshooting links'),
      temporarilyUnavailable: z.boolean().describe('Display token is temporarily unavailable or misplaced option'),
      permanentlyLost: z.boolean().describe('Display token is permanently lost or broken option'),
      forgotPin: z.boolean().describe('Display I forgot my PIN option'),
    }),
    emergency: z.object({
      allowed: z.boolean().describe('Allow user to place token in emergency access mode'),
      method: emergencyMethod,
      codeCount: z.int().min(1).max(50),
      temporary: z.object({ lifetimeSeconds, ifTokenBecomesAvailable }),
      permanent: z.object({ lifetimeSeconds, ifTokenBecomesAvailable }),
    }),
    replacementDaysBeforeExpiry: z.int().min(0).max(366),
  })
  .meta({ id: 'SelfServiceSettings' })

const path = '/api/v1/self-service-settings'

export const selfServiceSettingsEndpoints = {
  getSelfServiceSettings: endpoint({
    method: 'GET',
    path,
    tag: 'settings',
    summary: 'What the Self-Service Console offers',
    access: needs('view-settings'),
    response: selfServiceSettings,
  }),
  saveSelfServiceSettings: endpoint({
    method: 'PUT',
    path,
    tag: 'settings',
    summary: 'Save what the Self-Service Console offers',
    access: needs('update-setting'),
    precondition: true,
    body: selfServiceSettings,
    response: selfServiceSettings,
  }),
} as const

export type SelfServiceSettings = z.infer<typeof selfServiceSettings>
