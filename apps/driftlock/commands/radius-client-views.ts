import { readRadiusProfile, type ShownRadiusClient } from '@driftlock/application'
import { instantText, isoText } from '../terminal/instants.ts'
import type { Row } from '../terminal/table.ts'

/** For programs: everything but the secret. */
export function radiusClientJson(client: ShownRadiusClient): Readonly<Record<string, unknown>> {
  const { createdAt, lastSeenAt, profile, ...shown } = client
  return {
    ...shown,
    profile: readRadiusProfile(profile),
    createdAt: isoText(createdAt),
    lastSeenAt: isoText(lastSeenAt),
  }
}

export function radiusClientRow(client: ShownRadiusClient): Row {
  const { supportsChallenge } = readRadiusProfile(client.profile)
  return {
    name: client.name,
    network: client.network,
    enabled: client.enabled,
    'message-authenticator': messageAuthenticatorText(client),
    challenge: supportsChallenge,
    'last seen': instantText(client.lastSeenAt),
  }
}

export function radiusClientFields(client: ShownRadiusClient): Row {
  const profile = readRadiusProfile(client.profile)
  const { userNamePattern, userNameReplacement = '*', prompts, translations, replyAttributes, groups } = profile
  return {
    Name: client.name,
    Network: client.network,
    Enabled: client.enabled,
    'Message-Authenticator': messageAuthenticatorText(client),
    Proxy: profile.isProxy,
    'Shows questions': profile.supportsChallenge,
    'A reject says': profile.rejectDetail,
    'Realm taken off': profile.stripRealm,
    'User names mapped': userNamePattern === undefined ? '' : `${userNamePattern} to ${userNameReplacement}`,
    Language: profile.language,
    'Own prompts': [
      ...promptTexts(prompts, ''),
      ...Object.entries(translations).flatMap(([language, own]) => promptTexts(own, `${language}:`)),
    ].join(', '),
    'Reply attributes': replyAttributes.join(', '),
    'Only groups': groups.join(', '),
    Notes: client.notes,
    Created: instantText(client.createdAt),
    'Last seen': instantText(client.lastSeenAt),
    Id: client.id,
  }
}

function promptTexts(prompts: Readonly<Record<string, string>>, prefix: string): readonly string[] {
  return Object.entries(prompts).map(([key, text]) => `${prefix}${key}=${JSON.stringify(text)}`)
}

function messageAuthenticatorText({ requireMessageAuthenticator, profile }: ShownRadiusClient): string {
  if (requireMessageAuthenticator) return 'required'
  const { messageAuthenticator, hasSentMessageAuthenticator } = readRadiusProfile(profile)
  if (messageAuthenticator === 'no') return 'not required'
  return hasSentMessageAuthenticator ? 'auto: required, it has sent one' : 'auto: none seen yet'
}
