import { type AuthenticationMethod, METHOD_IDS, type MethodId, type MethodPrompt } from '@driftlock/contracts'
import { PIN_FAULTS, pinFaultInGerman, type PinRequirements, type Question } from '@driftlock/domain'
import { type PromptLanguage, promptOf } from './prompts.ts'

/** What a client is asked: alternatives, of which the first is the usual one. */
export interface Asked {
  readonly methods: readonly MethodId[]
  readonly challenges: readonly {
    readonly methodSetId: string | null
    readonly requiredMethods: AuthenticationMethod[]
  }[]
}

/** The first question of an attempt, and the one after a wrong answer: the same for everybody, known or not. */
export const ASK_PASSCODE = inEachLanguage((language) =>
  alternatives([
    [METHOD_IDS.passcode, promptOf(language, 'SecurID.Resource.Prompt.Passcode')],
    [METHOD_IDS.emergency, promptOf(language, 'SecurID.Resource.Prompt.Emergency.Tokencode')],
  ]),
)

const ASK_EMERGENCY = inEachLanguage((language) =>
  alternatives([[METHOD_IDS.emergency, promptOf(language, 'SecurID.Resource.Prompt.Emergency.Tokencode')]]),
)

const ASK_ONLY_PASSCODE = inEachLanguage((language) =>
  alternatives([[METHOD_IDS.passcode, promptOf(language, 'SecurID.Resource.Prompt.Passcode')]]),
)

function inEachLanguage(asked: (language: PromptLanguage) => Asked): Readonly<Record<PromptLanguage, Asked>> {
  return { en: asked('en'), de: asked('de') }
}

/** What to ask first, where the client names the method. @returns `undefined` for a method that is not offered here. */
export function askFirst(authMethodId: string | null | undefined, language: PromptLanguage): Asked | undefined {
  switch (authMethodId) {
    case undefined:
    case null:
    case '':
      return ASK_PASSCODE[language]
    case METHOD_IDS.passcode:
      return ASK_ONLY_PASSCODE[language]
    case METHOD_IDS.emergency:
      return ASK_EMERGENCY[language]
    default:
      return undefined
  }
}

/** A question of the domain as the method that puts it. `confirm-pin` is never put: the client asks twice by itself. */
export function askQuestion(question: Exclude<Question, { type: 'confirm-pin' }>, language: PromptLanguage): Asked {
  switch (question.type) {
    case 'next-tokencode':
      // How long the user waits at most (0 = an event token) and whether the PIN goes into the code again.
      return alternatives([
        [
          METHOD_IDS.nextTokencode,
          promptOf(language, 'SecurID.Resource.Prompt.Next.Tokencode', {
            promptArgs: [String(question.intervalSeconds), question.pinpad ? 'pinpad' : 'fob'],
          }),
        ],
      ])
    case 'new-pin':
      return alternatives([[METHOD_IDS.newPin, newPinPrompt(question.rules, question.faults ?? [], language)]])
    case 'accept-system-pin': {
      const prompt = promptOf(language, 'SecurID.Resource.Prompt.System.Generated.Pin', {
        promptArgs: [question.pin],
        sensitive: false,
        formatRegex: CONSENT[language],
      })
      return alternatives([[METHOD_IDS.systemPin, prompt]])
    }
    case 'passcode-after-new-pin':
      return alternatives([[METHOD_IDS.passcode, promptOf(language, 'SecurID.Resource.Prompt.Passcode.After.New.Pin')]])
  }
}

/** Yes and no, as somebody answers who was asked in that language. */
const CONSENT: Readonly<Record<PromptLanguage, string>> = {
  en: '^([yY]([eE][sS])?|[nN][oO]?)$',
  de: '^([jJ][aA]?|[yY]([eE][sS])?|[nN]([eE][iI][nN]|[oO])?)$',
}

function newPinPrompt(rules: PinRequirements, faults: readonly string[], language: PromptLanguage): MethodPrompt {
  const digits = rules.characters === 'digits'
  const prompt = promptOf(
    language,
    digits ? 'SecurID.Resource.Prompt.New.Pin.Digits' : 'SecurID.Resource.Prompt.New.Pin.Alphanumeric',
    {
      // After the two lengths come the codes of what was wrong with the PIN before, for clients with words of their own.
      promptArgs: [String(rules.minLength), String(rules.maxLength), ...faults.map(faultCode)],
      valueBeingDefined: true,
      minLength: rules.minLength,
      maxLength: rules.maxLength,
      formatRegex: pinRegex(rules),
    },
  )
  if (faults.length === 0) return prompt
  const said = language === 'de' ? faults.map((text) => pinFaultInGerman(text) ?? text) : faults
  return { ...prompt, defaultText: [...said, prompt.defaultText].join(' ') }
}

/** The rules say what is wrong in words of a closed list. */
function faultCode(text: string): string {
  return Object.entries(PIN_FAULTS).find(([, known]) => known === text)?.[0] ?? 'refused'
}

function pinRegex({ minLength, maxLength, characters, minLetters, minDigits, leadingZeroAllowed }: PinRequirements) {
  const first = leadingZeroAllowed ? '' : '(?!0)'
  if (characters === 'digits') return `^${first}[0-9]{${minLength},${maxLength}}$`
  const letters = minLetters > 0 ? `(?=(?:[^A-Za-z]*[A-Za-z]){${minLetters}})` : ''
  const digits = minDigits > 0 ? `(?=(?:[^0-9]*[0-9]){${minDigits}})` : ''
  return `^${first}${letters}${digits}[0-9A-Za-z]{${minLength},${maxLength}}$`
}

function alternatives(prompts: readonly (readonly [MethodId, MethodPrompt])[]): Asked {
  return {
    methods: prompts.map(([methodId]) => methodId),
    challenges: prompts.map(([methodId, prompt]) => ({
      methodSetId: null,
      requiredMethods: [
        {
          methodId,
          displayName: null,
          priority: null,
          versions: [{ versionId: '1.0.0', methodAttributes: [], valueRequired: true, referenceId: null, prompt }],
        },
      ],
    })),
  }
}
