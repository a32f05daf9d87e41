export { AgentClient, type AgentClientOptions, type BeginOptions } from './agent-client.ts'
export { AgentClientError, type AgentClientErrorCode } from './agent-client-error.ts'
export type { AgentDialogue, AgentQuestion, AgentStep, DialoguePlace, MethodAnswer } from './agent-dialogue.ts'
