export type { Instance, InstanceOptions } from './instance/open-instance.ts'
export { openInstance } from './instance/open-instance.ts'
