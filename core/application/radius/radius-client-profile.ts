/** How much an Access-Reject says: no text at all, that access is denied, or what the user can do about it. */
export type RejectDetail = 'nothing' | 'denied' | 'advice'

/** What a RADIUS client is told and allowed; stored as JSON in `RadiusClient.profile`. */
export interface RadiusClientProfile {
  /**
   * Looked at when the client's `requireMessageAuthenticator` is false. `auto`: required from the first request on that has
   * carried a valid one (`hasSentMessageAuthenticator`), which every instance then knows.
   */
  readonly messageAuthenticator: 'auto' | 'no'
  readonly hasSentMessageAuthenticator: boolean
  /** May send Proxy-State without Message-Authenticator. */
  readonly isProxy: boolean
  /** Can show an Access-Challenge. If not, what would be asked is a reject, and the token stays in its mode. */
  readonly supportsChallenge: boolean
  readonly rejectDetail: RejectDetail
  /** Takes `DOMAIN\` and `@realm` off user names. */
  readonly stripRealm: boolean
  /** User names like `CORP\*` become `userNameReplacement` with `*` filled in. */
  readonly userNamePattern?: string
  readonly userNameReplacement?: string
  /** The language of the client's users, ISO 639; there are default texts in `en` and `de`. */
  readonly language: string
  /** Challenge and reject texts that differ from the defaults, by prompt key, in whatever language. */
  readonly prompts: Readonly<Record<string, string>>
  /** The same by language, then by prompt key; those of `language` go before `prompts`. */
  readonly translations: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** `Name=value`, sent with every accept. */
  readonly replyAttributes: readonly string[]
  /** Names of groups whose members may log in; empty = everybody. A security domain is a group of all within it. */
  readonly groups: readonly string[]
}

/** What holds for a client of which nothing else is said. */
export const DEFAULT_RADIUS_PROFILE: RadiusClientProfile = {
  messageAuthenticator: 'auto',
  hasSentMessageAuthenticator: false,
  isProxy: false,
  supportsChallenge: true,
  rejectDetail: 'denied',
  stripRealm: false,
  language: 'en',
  prompts: {},
  translations: {},
  replyAttributes: [],
  groups: [],
}

const REJECT_DETAILS: readonly unknown[] = ['nothing', 'denied', 'advice'] satisfies readonly RejectDetail[]

/**
 * A stored profile with the defaults for what it leaves out. A field of a wrong type counts as left out, but `groups` that
 * cannot be read restrict to nobody: a damaged restriction must not open the door.
 */
export function readRadiusProfile(stored: unknown): RadiusClientProfile {
  const fields: { readonly [Field in keyof RadiusClientProfile]?: unknown } = isRecord(stored) ? stored : {}
  const { userNamePattern, userNameReplacement, rejectDetail } = fields
  return {
    messageAuthenticator: fields.messageAuthenticator === 'no' ? 'no' : 'auto',
    hasSentMessageAuthenticator: fields.hasSentMessageAuthenticator === true,
    isProxy: fields.isProxy === true,
    supportsChallenge: fields.supportsChallenge !== false,
    rejectDetail: isRejectDetail(rejectDetail) ? rejectDetail : DEFAULT_RADIUS_PROFILE.rejectDetail,
    stripRealm: fields.stripRealm === true,
    ...(typeof userNamePattern === 'string' && { userNamePattern }),
    ...(typeof userNameReplacement === 'string' && { userNameReplacement }),
    language: languageOf(fields.language),
    prompts: textsByKey(fields.prompts),
    translations: textsByLanguage(fields.translations),
    replyAttributes: texts(fields.replyAttributes) ?? [],
    groups: fields.groups === undefined ? [] : (texts(fields.groups) ?? ['']),
  }
}

/** Two or three small letters, as ISO 639 has them. */
export function isRadiusLanguage(text: string): boolean {
  return /^[a-z]{2,3}$/.test(text)
}

function languageOf(value: unknown): string {
  return typeof value === 'string' && isRadiusLanguage(value) ? value : DEFAULT_RADIUS_PROFILE.language
}

function textsByLanguage(value: unknown): RadiusClientProfile['translations'] {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([language, own]) =>
      isRadiusLanguage(language) ? [[language, textsByKey(own)]] : [],
    ),
  )
}

function isRejectDetail(value: unknown): value is RejectDetail {
  return REJECT_DETAILS.includes(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}

function textsByKey(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  )
}
