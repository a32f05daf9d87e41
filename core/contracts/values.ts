import { z } from 'zod'

/** Milliseconds since 1970-01-01 UTC; consoles show it in the user's zone. Bounded to what a Date can hold. */
export const instant = z.int().min(-8_640_000_000_000_000).max(8_640_000_000_000_000).meta({ id: 'Instant' })

/** No half of a surrogate pair and no NUL: neither can be stored by every engine, and nobody types them. */
const storable = (value: string) => value.isWellFormed() && !value.includes('\0')
const NOT_STORABLE = 'holds characters that cannot be stored'

/** Identifier of an object, as the server made it; where a route says so, the serial or user ID does as well. */
export const id = z.string().min(1).max(255).refine(storable, NOT_STORABLE)

/** Text from outside. @param max UTF-16 units. */
export const text = (max: number) => z.string().max(max).refine(storable, NOT_STORABLE)

/** `?flag=true`: the only spellings are true and false. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** A whole number in a query. */
export const wholeNumber = (min: number, max: number) => z.coerce.number<number>().int().min(min).max(max)

/** An instant in a query. */
export const instantInQuery = wholeNumber(-8_640_000_000_000_000, 8_640_000_000_000_000)

/** Several values in one query parameter, with commas between them. */
export const commaSeparated = text(4096).transform((value) => value.split(',').filter((one) => one !== ''))

/** What a secret that somebody types may be: bounded before anything looks at it. */
export const secret = text(256)

/** An object that something else names, for links. */
export const domainReference = z
  .object({ id, name: z.string(), path: z.string().describe('Names from the root down: System > Sales > North') })
  .meta({ id: 'SecurityDomainReference' })

export const userReference = z
  .object({ id, username: z.string(), displayName: z.string() })
  .meta({ id: 'UserReference' })

export const tokenReference = z.object({ id, serial: z.string() }).meta({ id: 'TokenReference' })

/** A stable code with its words in English; consoles translate by the code. */
export const worded = z.object({ code: z.string(), text: z.string() }).meta({ id: 'Worded' })

/** A sentence for the help desk in English, with its stable code and the facts in it for other languages. */
export const sentence = z
  .object({ code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])), text: z.string() })
  .meta({ id: 'Sentence' })

/** The answer to something that was done and has nothing to say. */
export const nothing = z.null()

export type DomainReference = z.infer<typeof domainReference>
export type UserReference = z.infer<typeof userReference>
export type TokenReference = z.infer<typeof tokenReference>
export type Worded = z.infer<typeof worded>
export type Sentence = z.infer<typeof sentence>
