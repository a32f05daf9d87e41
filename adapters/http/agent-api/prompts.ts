import type { MethodPrompt, NameValue, PromptResourcesQuery } from '@driftlock/contracts'

/** Prompt texts by resource id (authentication-manager §9.2; wording of §9.1). `{0}` and `{1}` are the prompt's arguments. */
export const PROMPT_TEXTS = {
  'SecurID.Resource.Prompt.Passcode': 'Enter passcode:',
  'SecurID.Resource.Prompt.Next.Tokencode': 'Enter next token code:',
  'SecurID.Resource.Prompt.New.Pin.Digits': 'Enter a new PIN of {0} to {1} digits:',
  'SecurID.Resource.Prompt.New.Pin.Alphanumeric': 'Enter a new PIN of {0} to {1} letters and digits:',
  'SecurID.Resource.Prompt.System.Generated.Pin': 'Your new PIN is {0}. Do you accept it (y/n)?',
  'SecurID.Resource.Prompt.Passcode.After.New.Pin':
    'PIN accepted. Wait for the tokencode to change, then enter a new PASSCODE:',
  'SecurID.Resource.Prompt.Emergency.Tokencode': 'Enter PIN and emergency access tokencode:',
} as const satisfies Record<string, string>

export type PromptId = keyof typeof PROMPT_TEXTS

const PLAIN: Omit<MethodPrompt, 'promptResourceId' | 'defaultText'> = {
  formatRegex: null,
  defaultValue: null,
  valueBeingDefined: false,
  sensitive: true,
  minLength: null,
  maxLength: null,
  promptArgs: [],
}

export function promptOf(id: PromptId, more: Partial<MethodPrompt> = {}): MethodPrompt {
  const text: string = PROMPT_TEXTS[id]
  const defaultText = (more.promptArgs ?? []).reduce((filled, arg, place) => filled.replace(`{${place}}`, arg), text)
  return { promptResourceId: id, defaultText, ...PLAIN, ...more }
}

/** `GET /authn/resources`: all texts, or the one asked for. English is the only language yet. */
export function promptResources({ resourceId }: PromptResourcesQuery): NameValue[] {
  return Object.entries(PROMPT_TEXTS)
    .filter(([name]) => resourceId === undefined || name === resourceId)
    .map(([name, value]) => ({ name, value, dataType: 'STRING' }))
}
