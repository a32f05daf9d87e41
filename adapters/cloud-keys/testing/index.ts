export { type KeyPair, newKeyPair, type Tampering, type TestAnswer, TestManager } from './test-manager.ts'
