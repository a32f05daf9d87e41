import { writeSdtid, type SdtidTokenToWrite } from '../write-sdtid.ts'

/** A token with something in every kind of field. */
export const sampleToken: SdtidTokenToWrite = {
  serial: '000123456789',
  seed: Uint8Array.from({ length: 16 }, (_, index) => index),
  digits: 6,
  intervalSeconds: 60,
  pinMode: 2,
  birth: '2024-02-29',
  death: '2034-12-31',
  userFirstName: 'Änne',
  userLastName: 'R & D <west>',
  userLogin: 'aenne',
  smallWindowSeconds: 630,
  mediumWindowSeconds: 4320,
  largeWindowSeconds: 4320,
  formFactor: '20000001',
  copyProtection: true,
  keypad: true,
  timeDerivedSeeds: true,
  appDerivedSeeds: false,
}

/** Stands for the random bytes of a file. */
export const sampleSecret: Uint8Array = Uint8Array.from({ length: 16 }, (_, index) => 255 - index * 7)

/** A good file of one token without a password. */
export const sampleFile: string = writeSdtid({ tokens: [sampleToken], secret: sampleSecret })
