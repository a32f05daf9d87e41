import { createSerializerCompiler } from 'fastify-zod-openapi'

/**
 * Answers are checked against their schema and written as JSON. The platform's own writer: one compiled per schema is no
 * faster after the check, and compiling some two hundred of them took a third of the start.
 */
export const answerSerializer = createSerializerCompiler({ stringify: (answer) => JSON.stringify(answer) })
