export * from './format-error.ts'
