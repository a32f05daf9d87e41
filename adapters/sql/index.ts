export { openStore, type Store, type StoreOptions } from './open-store.ts'
export { makeScratchSchema, type ScratchSchema } from './postgresql/scratch-schema.ts'
