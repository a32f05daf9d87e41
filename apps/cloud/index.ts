export {
  type CloudConfiguration,
  cloudConfigurationSchema,
  type GivenCloudConfiguration,
} from './configuration/configuration.ts'
export { loadCloudConfiguration } from './configuration/load-configuration.ts'
export {
  type Cloud,
  type CloudOptions,
  COMMAND_CONTEXT,
  createFirstCloudAdministrator,
  initialiseCloud,
  openCloud,
} from './instance/open-cloud.ts'
export { type CloudKeyRotation, rotateCloudDataKeys } from './instance/rotate-data-keys.ts'
export { type RunningCloud, startCloud, type StartCloudOptions } from './serve/start-cloud.ts'
export {
  AppRefusedError,
  type AppRegistrationRequest,
  appTokencode,
  readVirtualApp,
  registerVirtualApp,
  type VirtualApp,
} from './virtual-app/virtual-app.ts'
