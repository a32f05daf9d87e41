export { type ScratchCloud, type ScratchCloudOptions, startScratchCloud } from './scratch-cloud.ts'
export { seedApps, type SeedAppsOptions, type SeededApp } from './seed-apps.ts'
