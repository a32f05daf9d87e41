export { cloudCipher } from './cloud-cipher.ts'
export { publicKeyText } from './public-keys.ts'
export { type AnswerSigner, answerSigner, isSignedBy, readSignedRequest } from './signed-exchange.ts'
