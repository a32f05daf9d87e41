import { z } from 'zod'
import { secret, text } from '../values.ts'

/** What a PIN must look like, for a form that checks while one types. */
export const pinRequirements = z
  .object({
    minLength: z.int(),
    maxLength: z.int(),
    characters: z.enum(['digits', 'letters-and-digits']),
    minLetters: z.int(),
    minDigits: z.int(),
    leadingZeroAllowed: z.boolean(),
  })
  .meta({ id: 'PinRequirements' })

/** A question inside a log-on. Answer it with `continuation`, before it grows old. */
export const question = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('next-tokencode'), intervalSeconds: z.int(), pinpad: z.boolean() }),
    z.object({
      type: z.literal('new-pin'),
      rules: pinRequirements,
      previous: z.enum(['rejected', 'mismatch']).optional(),
      faults: z.array(z.string()).optional(),
    }),
    z.object({ type: z.literal('confirm-pin') }),
    z.object({ type: z.literal('accept-system-pin'), pin: z.string().describe('Shown once; answer y or n') }),
    z.object({ type: z.literal('passcode-after-new-pin') }),
  ])
  .meta({ id: 'Question' })

/** @returns the schema of a log-on's answer: either it is done, or it goes on with a question. */
export function logOnAnswer<S extends z.ZodType>(session: S) {
  return z.discriminatedUnion('status', [
    z.object({ status: z.literal('logged-on'), session }),
    z.object({
      status: z.literal('question'),
      continuation: z.string(),
      question,
      text: z.string().describe('The user’s words for it'),
    }),
  ])
}

export const answerQuestion = z.object({ continuation: text(4096), answer: secret })

export type PinRequirements = z.infer<typeof pinRequirements>
export type Question = z.infer<typeof question>
