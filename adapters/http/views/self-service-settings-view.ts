import { type AdministrationReader, settingInForce } from '@driftlock/application'
import type { SelfServiceSettings } from '@driftlock/contracts'
import type { SettingKey } from '@driftlock/domain'

/** Which field of the form is which setting. */
export const SELF_SERVICE_KEYS: readonly (readonly [
  SettingKey,
  (form: SelfServiceSettings) => boolean | number | string,
])[] = [
  ['self_service.log_on.password', ({ logOn }) => logOn.password],
  ['self_service.log_on.passcode', ({ logOn }) => logOn.passcode],
  ['self_service.log_on.emergency_code', ({ logOn }) => logOn.emergencyCode],
  ['self_service.features.provisioning', ({ features }) => features.provisioning],
  ['self_service.features.log_on_section', ({ features }) => features.logOnSection],
  ['self_service.features.troubleshooting_links', ({ features }) => features.troubleshootingLinks],
  ['self_service.features.temporarily_unavailable', ({ features }) => features.temporarilyUnavailable],
  ['self_service.features.permanently_lost', ({ features }) => features.permanentlyLost],
  ['self_service.features.forgot_pin', ({ features }) => features.forgotPin],
  ['self_service.emergency.allowed', ({ emergency }) => emergency.allowed],
  ['self_service.emergency.method', ({ emergency }) => emergency.method],
  ['self_service.emergency.code_count', ({ emergency }) => emergency.codeCount],
  ['self_service.emergency.temporary.lifetime_seconds', ({ emergency }) => emergency.temporary.lifetimeSeconds],
  [
    'self_service.emergency.temporary.if_token_becomes_available',
    ({ emergency }) => emergency.temporary.ifTokenBecomesAvailable,
  ],
  ['self_service.emergency.permanent.lifetime_seconds', ({ emergency }) => emergency.permanent.lifetimeSeconds],
  [
    'self_service.emergency.permanent.if_token_becomes_available',
    ({ emergency }) => emergency.permanent.ifTokenBecomesAvailable,
  ],
  ['self_service.replacement.days_before_expiry', (form) => form.replacementDaysBeforeExpiry],
]

/** The form of seed 002 as it stands. */
export async function readSelfServiceSettings(read: AdministrationReader): Promise<SelfServiceSettings> {
  const get = <K extends SettingKey>(key: K) => settingInForce(read, key)
  return {
    logOn: {
      password: await get('self_service.log_on.password'),
      passcode: await get('self_service.log_on.passcode'),
      emergencyCode: await get('self_service.log_on.emergency_code'),
    },
    features: {
      provisioning: await get('self_service.features.provisioning'),
      logOnSection: await get('self_service.features.log_on_section'),
      troubleshootingLinks: await get('self_service.features.troubleshooting_links'),
      temporarilyUnavailable: await get('self_service.features.temporarily_unavailable'),
      permanentlyLost: await get('self_service.features.permanently_lost'),
      forgotPin: await get('self_service.features.forgot_pin'),
    },
    emergency: {
      allowed: await get('self_service.emergency.allowed'),
      method: await get('self_service.emergency.method'),
      codeCount: await get('self_service.emergency.code_count'),
      temporary: {
        lifetimeSeconds: await get('self_service.emergency.temporary.lifetime_seconds'),
        ifTokenBecomesAvailable: await get('self_service.emergency.temporary.if_token_becomes_available'),
      },
      permanent: {
        lifetimeSeconds: await get('self_service.emergency.permanent.lifetime_seconds'),
        ifTokenBecomesAvailable: await get('self_service.emergency.permanent.if_token_becomes_available'),
      },
    },
    replacementDaysBeforeExpiry: await get('self_service.replacement.days_before_expiry'),
  }
}
