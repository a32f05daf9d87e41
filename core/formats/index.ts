export * from './format-error.ts'
export * from './oath-token.ts'
export * from './pskc/read-pskc.ts'
