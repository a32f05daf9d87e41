export * from './agent-api/method-ids.ts'
export * from './agent-api/name-value.ts'
export * from './agent-api/requests.ts'
export * from './agent-api/responses.ts'
