export * from './tokencode/code-source.ts'
export * from './tokencode/pinpad.ts'
export * from './tokencode/steps.ts'
export * from './tokencode/tokencode-error.ts'
