import type { Agent, AgentLanguage } from '@driftlock/application'
import type { MethodPrompt, NameValue, PromptResourcesQuery } from '@driftlock/contracts'

export type PromptLanguage = AgentLanguage

/** Prompt texts by resource id (authentication-manager §9.2; wording of §9.1). `{0}` and `{1}` are the prompt's arguments. */
const ENGLISH = {
  'SecurID.Resource.Prompt.Passcode': 'Enter passcode:',
  'SecurID.Resource.Prompt.Next.Tokencode': 'Enter next token code:',
  'SecurID.Resource.Prompt.New.Pin.Digits': 'Enter a new PIN of {0} to {1} digits:',
  'SecurID.Resource.Prompt.New.Pin.Alphanumeric': 'Enter a new PIN of {0} to {1} letters and digits:',
  'SecurID.Resource.Prompt.System.Generated.Pin': 'Your new PIN is {0}. Do you accept it (y/n)?',
  'SecurID.Resource.Prompt.Passcode.After.New.Pin':
    'PIN accepted. Wait for the tokencode to change, then enter a new PASSCODE:',
  'SecurID.Resource.Prompt.Emergency.Tokencode': 'Enter PIN and emergency access tokencode:',
} as const satisfies Record<string, string>

export type PromptId = keyof typeof ENGLISH

const PROMPT_TEXTS: Readonly<Record<PromptLanguage, Readonly<Record<PromptId, string>>>> = {
  en: ENGLISH,
  de: {
    'SecurID.Resource.Prompt.Passcode': 'Passcode eingeben:',
    'SecurID.Resource.Prompt.Next.Tokencode': 'Nächsten Tokencode eingeben:',
    'SecurID.Resource.Prompt.New.Pin.Digits': 'Neue PIN aus {0} bis {1} Ziffern eingeben:',
    'SecurID.Resource.Prompt.New.Pin.Alphanumeric': 'Neue PIN aus {0} bis {1} Buchstaben und Ziffern eingeben:',
    'SecurID.Resource.Prompt.System.Generated.Pin': 'Ihre neue PIN ist {0}. Nehmen Sie sie an (j/n)?',
    'SecurID.Resource.Prompt.Passcode.After.New.Pin':
      'PIN angenommen. Warten Sie, bis der Tokencode wechselt, und geben Sie dann einen neuen PASSCODE ein:',
    'SecurID.Resource.Prompt.Emergency.Tokencode': 'PIN und Notfall-Tokencode eingeben:',
  },
}

const PLAIN: Omit<MethodPrompt, 'promptResourceId' | 'defaultText'> = {
  formatRegex: null,
  defaultValue: null,
  valueBeingDefined: false,
  sensitive: true,
  minLength: null,
  maxLength: null,
  promptArgs: [],
}

/**
 * The language of an agent's texts: its record's, else the one it asks for (`de`, `de_DE`, `de-AT`), else English. The record
 * goes first because many agents ask for `en_US` whoever their users are.
 */
export function promptLanguage(
  { language }: Pick<Agent, 'language'>,
  asked: string | null | undefined,
): PromptLanguage {
  return language ?? (/^de(?![a-z])/i.test(asked ?? '') ? 'de' : 'en')
}

export function promptOf(language: PromptLanguage, id: PromptId, more: Partial<MethodPrompt> = {}): MethodPrompt {
  const text = PROMPT_TEXTS[language][id]
  const defaultText = (more.promptArgs ?? []).reduce((filled, arg, place) => filled.replace(`{${place}}`, arg), text)
  return { promptResourceId: id, defaultText, ...PLAIN, ...more }
}

/** `GET /authn/resources`: all texts, or the one asked for. */
export function promptResources({ resourceId }: PromptResourcesQuery, language: PromptLanguage): NameValue[] {
  return Object.entries(PROMPT_TEXTS[language])
    .filter(([name]) => resourceId === undefined || name === resourceId)
    .map(([name, value]) => ({ name, value, dataType: 'STRING' }))
}
