import { z } from 'zod'

const DATA_TYPES = ['STRING', 'INT32', 'INT64', 'BOOLEAN', 'BINARY', 'ISOTIME'] as const

/** A named value; some clients send numbers and truth values bare, all are read as text. */
export const nameValueSchema = z.object({
  name: z.string().max(255),
  value: z.union([z.string().max(1024), z.number().transform(String), z.boolean().transform(String)]).nullish(),
  dataType: z.enum(DATA_TYPES).nullish(),
})

export type NameValue = z.infer<typeof nameValueSchema>
