import { ApplicationError, MIN_RADIUS_SECRET_LENGTH, readRadiusProfile } from '@driftlock/application'
import type { RadiusClientProfile } from '@driftlock/contracts'
import { encodeRadiusText, parseRadiusAttribute } from '@driftlock/formats'

const LONGEST_PROMPT_OCTETS = 253

/** A stored profile as the API shows it, defaults filled in. */
export function shownProfile(stored: unknown): RadiusClientProfile {
  const { hasSentMessageAuthenticator: _own, ...profile } = readRadiusProfile(stored)
  const { replyAttributes, groups, translations, userNamePattern = '', userNameReplacement = '' } = profile
  return {
    ...profile,
    translations: { ...translations },
    userNamePattern,
    userNameReplacement,
    replyAttributes: [...replyAttributes],
    groups: [...groups],
  }
}

type Changes = { readonly [Field in keyof RadiusClientProfile]?: RadiusClientProfile[Field] | undefined }

/**
 * What to store: the profile before with what was given changed. @throws ApplicationError `INVALID_INPUT` naming the field
 * that a RADIUS answer could not carry.
 */
export function profileWith(stored: unknown, changes: Changes) {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const { userNamePattern = '', userNameReplacement = '', ...profile } = { ...readRadiusProfile(stored), ...given }
  const merged = readRadiusProfile(profile)
  requireMapping(userNamePattern, userNameReplacement)
  requireFitting(merged.prompts, 'profile.prompts')
  for (const [language, own] of Object.entries(merged.translations)) {
    requireFitting(own, `profile.translations.${language}`)
  }
  for (const line of merged.replyAttributes) {
    const parsed = parseRadiusAttribute(line)
    if ('problem' in parsed)
      throw fault('profile.replyAttributes', `write Name=value, as in Filter-Id=staff (${parsed.problem}).`)
  }
  return { ...merged, ...(userNamePattern !== '' && { userNamePattern, userNameReplacement }) }
}

function requireFitting(prompts: Readonly<Record<string, string>>, field: string): void {
  for (const [key, text] of Object.entries(prompts))
    if (encodeRadiusText(text).length > LONGEST_PROMPT_OCTETS)
      throw fault(`${field}.${key}`, `enter at most ${LONGEST_PROMPT_OCTETS} octets: a Reply-Message has no more.`)
}

function requireMapping(pattern: string, replacement: string): void {
  if (pattern === '' && replacement === '') return
  const field = 'profile.userNamePattern'
  if (pattern === '') throw fault(field, 'a replacement needs a pattern, such as CORP\\*.')
  for (const [name, text] of Object.entries({ [field]: pattern, 'profile.userNameReplacement': replacement }))
    if (text.split('*').length !== 2) throw fault(name, 'write exactly one *, the part of the name that is kept.')
}

/** What is to be said of a secret that was just set. */
export function secretWarnings(secret: string | undefined): string[] {
  if (secret === undefined || encodeRadiusText(secret).length >= MIN_RADIUS_SECRET_LENGTH) return []
  return [
    `The shared secret has fewer than ${MIN_RADIUS_SECRET_LENGTH} octets and can be guessed from one recorded packet (RFC 2865 section 3).`,
  ]
}

function fault(field: string, text: string): ApplicationError {
  return new ApplicationError('INVALID_INPUT', { field, faults: [text] })
}
