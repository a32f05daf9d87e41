export { cloudClient } from './cloud-client.ts'
