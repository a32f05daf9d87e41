import manifest from './package.json' with { type: 'json' }

/** Version of the program, as in its manifest. */
export const PROGRAM_VERSION: string = manifest.version
