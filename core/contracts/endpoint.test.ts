import { expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { administrationEndpoints, type AnswerOf, type BodyOf, type Endpoint, type QueryOf } from './index.ts'
import { selfServiceEndpoints, type TokenSummary } from './index.ts'

const all: readonly (readonly [string, Endpoint])[] = Object.entries({
  ...administrationEndpoints,
  ...selfServiceEndpoints,
})

it('gives every endpoint an address of its own', () => {
  const addresses = all.map(([, { method, path }]) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`)
  expect(new Set(addresses).size).toBe(addresses.length)
})

it.each(all)('%s: the parameters in the path are the parameters of the schema', (_, { path, params }) => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  expect(new Set(inPath)).toEqual(new Set(Object.keys(params?.shape ?? {})))
})

it.each(all)('%s: has a body only where the method has one', (_, { method, body }) => {
  expect(method === 'GET' || method === 'DELETE' ? body : undefined).toBeUndefined()
})

it.each(all)('%s: can be written as JSON Schema', (_, { params, query, body, response }) => {
  for (const schema of [params, query, body]) if (schema) z.toJSONSchema(schema, { io: 'input' })
  expect(z.toJSONSchema(response, { io: 'output' })).toBeTypeOf('object')
})

it('types what a caller sends and gets', () => {
  expectTypeOf<QueryOf<typeof administrationEndpoints.listTokens>>().toExtend<{ limit?: number | undefined }>()
  expectTypeOf<BodyOf<typeof administrationEndpoints.markTokenLost>>().toEqualTypeOf<{ lost: boolean }>()
  expectTypeOf<AnswerOf<typeof administrationEndpoints.listTokens>['items'][number]>().toEqualTypeOf<TokenSummary>()
  expectTypeOf<BodyOf<typeof administrationEndpoints.listTokens>>().toEqualTypeOf<undefined>()
  expect(administrationEndpoints.listTokens.query.parse({}).limit).toBe(50)
})
