export {
  configurationSchema,
  type GivenWebAgentConfiguration,
  type WebAgentConfiguration,
} from './configuration/configuration.ts'
export { loadWebAgentConfiguration } from './configuration/load-configuration.ts'
export { WebAgentFileError } from './sealing/read-keys.ts'
export { type RunningWebAgent, startWebAgent } from './start-web-agent.ts'
