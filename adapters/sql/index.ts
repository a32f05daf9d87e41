export { type CloudStoreOptions, type OpenCloudStore, openCloudStore } from './cloud/open-cloud-store.ts'
export { openStore, type Store, type StoreOptions } from './open-store.ts'
export { makeScratchSchema, type ScratchSchema } from './postgresql/scratch-schema.ts'
