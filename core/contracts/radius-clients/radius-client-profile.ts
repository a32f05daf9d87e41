import { z } from 'zod'
import { text } from '../values.ts'

const LONGEST_PROMPT = 253

/** The questions and answers a client may word its own way. */
export const radiusPromptKey = z.enum([
  'passcode',
  'next-tokencode',
  'new-pin',
  'new-pin-confirm',
  'new-pin-mismatch',
  'new-pin-refused',
  'new-pin-generated',
  'new-pin-accepted',
  'access-denied',
  'no-challenge',
])

const radiusLanguage = z.string().regex(/^[a-z]{2,3}$/)
const ownTexts = z.partialRecord(radiusPromptKey, text(LONGEST_PROMPT))

/** What a RADIUS client is told and allowed. An empty pattern ends a mapping of user names. */
export const radiusClientProfile = z
  .object({
    messageAuthenticator: z.enum(['auto', 'no']).describe('Where it is not required: from the first one on, or never'),
    isProxy: z.boolean().describe('May send Proxy-State without Message-Authenticator'),
    supportsChallenge: z.boolean().describe('Can show a question (Access-Challenge)'),
    rejectDetail: z.enum(['nothing', 'denied', 'advice']).describe('How much an Access-Reject says'),
    stripRealm: z.boolean().describe('Takes DOMAIN\\ and @realm off user names'),
    userNamePattern: text(255).describe('CORP\\*; one * in pattern and replacement'),
    userNameReplacement: text(255).describe('*'),
    language: radiusLanguage.describe('Of its users; there are default texts in en and de'),
    prompts: ownTexts.describe('Own texts by prompt key, in whatever language'),
    translations: z
      .record(radiusLanguage, ownTexts)
      .describe('Own texts by language; those of language go before prompts'),
    replyAttributes: z.array(text(512)).max(64).describe('Name=value, sent with every accept'),
    groups: z.array(text(255)).max(256).describe('Who may log on here; empty = everybody'),
  })
  .meta({ id: 'RadiusClientProfile' })

export type RadiusClientProfile = z.infer<typeof radiusClientProfile>
