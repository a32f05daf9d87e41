import {
  isRadiusLanguage,
  MIN_RADIUS_SECRET_LENGTH,
  type Random,
  type RadiusClientProfile,
  type RejectDetail,
} from '@driftlock/application'
import { encodeRadiusText, parseRadiusAttribute, type RadiusAttributeProblem } from '@driftlock/formats'
import { defaultRadiusPrompts, isRadiusPromptKey, parseNetwork } from '@driftlock/radius'
import { type Command, Option } from 'commander'
import { askSecret } from '../terminal/ask.ts'
import { wrongUsage } from '../terminal/command-error.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What is said of a client when it is added or changed. */
export interface RadiusClientOptions {
  readonly secretFile?: string
  readonly generateSecret?: true
  readonly domain?: string
  readonly notes?: string
  readonly messageAuthenticator?: 'yes' | 'no' | 'auto'
  readonly proxy?: boolean
  readonly challenge?: boolean
  readonly rejectDetail?: RejectDetail
  readonly stripRealm?: boolean
  readonly mapUser?: string
  readonly language?: string
  readonly prompt?: readonly string[]
  readonly attribute?: readonly string[]
  readonly group?: readonly string[]
}

const LONGEST_PROMPT_OCTETS = 253
const GENERATED_SECRET_BYTES = 24

export function withRadiusClientOptions(command: Command): Command {
  return command
    .option('--secret-file <file>', 'shared secret, from its first line; - = standard input')
    .option('--generate-secret', 'make a shared secret and show it once')
    .addOption(
      new Option(
        '--message-authenticator <rule>',
        'demand it of every request; auto = from the first one on that has it',
      ).choices(['yes', 'no', 'auto']),
    )
    .option('--proxy', 'it is a RADIUS proxy and sends Proxy-State')
    .option('--no-proxy', 'it is none')
    .option('--challenge', 'it can show a question (Access-Challenge)')
    .option('--no-challenge', 'it cannot: what would be asked is rejected')
    .addOption(new Option('--reject-detail <how>', 'what a reject says').choices(['nothing', 'denied', 'advice']))
    .option('--strip-realm', 'take DOMAIN\\ and @realm off user names')
    .option('--no-strip-realm', 'leave them on')
    .option('--map-user <pattern=name>', 'map user names: "CORP\\*=*"; an empty value ends it')
    .option('--language <code>', 'of its users, such as de; there are texts in en and de')
    .option(
      '--prompt <[language:]key=text...>',
      `its own words, in one language or any; no text = as before; keys: ${Object.keys(defaultRadiusPrompts).join(', ')}`,
    )
    .option('--attribute <name=value...>', 'sent with every accept, such as Filter-Id=staff; one empty value = none')
    .option('--group <name...>', 'only users of these security domains; one empty value = everybody')
    .option('--domain <name>', 'security domain of the client: id, name or path')
    .option('--notes <text>')
}

/** The profile with what was said changed. @throws CommandError naming the option that cannot be meant. */
export function profileWith(before: RadiusClientProfile, options: RadiusClientOptions): RadiusClientProfile {
  const { messageAuthenticator, proxy, challenge, rejectDetail, stripRealm, mapUser, attribute, group } = options
  return {
    ...(mapUser === undefined ? before : withMapping(before, mapUser)),
    ...(messageAuthenticator !== undefined && messageAuthenticator !== 'yes' && { messageAuthenticator }),
    ...(proxy !== undefined && { isProxy: proxy }),
    ...(challenge !== undefined && { supportsChallenge: challenge }),
    ...(rejectDetail !== undefined && { rejectDetail }),
    ...(stripRealm !== undefined && { stripRealm }),
    ...wordingWith(before, options),
    ...(attribute !== undefined && { replyAttributes: attribute.filter((line) => line !== '').map(checkedAttribute) }),
    ...(group !== undefined && { groups: group.filter((name) => name !== '') }),
  }
}

function withMapping(before: RadiusClientProfile, mapping: string): RadiusClientProfile {
  const { userNamePattern: _pattern, userNameReplacement: _replacement, ...rest } = before
  if (mapping === '') return rest
  const at = mapping.lastIndexOf('=')
  if (at < 1) throw wrongUsage('--map-user: write a pattern and a name with = between them, such as "CORP\\*=*".')
  return { ...rest, userNamePattern: mapping.slice(0, at), userNameReplacement: mapping.slice(at + 1) }
}

type Wording = Pick<RadiusClientProfile, 'language' | 'prompts' | 'translations'>

function wordingWith(
  before: RadiusClientProfile,
  { language = before.language, prompt = [] }: RadiusClientOptions,
): Wording {
  requireLanguage(language)
  const read = prompt.map(readPrompt)
  const languages = new Set([...Object.keys(before.translations), ...read.flatMap(({ language: of }) => of ?? [])])
  return {
    language,
    prompts: withTexts(before.prompts, read, undefined),
    translations: Object.fromEntries(
      Array.from(languages, (of) => [of, withTexts(before.translations[of] ?? {}, read, of)]),
    ),
  }
}

function requireLanguage(language: string): void {
  if (isRadiusLanguage(language)) return
  throw wrongUsage(`--language ${language}: write a code of ISO 639, such as en or de.`)
}

interface OwnText {
  readonly language?: string
  readonly key: string
  readonly text: string
}

/** Texts with those of one language changed; one without text is taken out. */
function withTexts(before: Readonly<Record<string, string>>, read: readonly OwnText[], of: string | undefined) {
  const texts = new Map(Object.entries(before))
  for (const { language, key, text } of read) {
    if (language !== of) continue
    if (text === '') texts.delete(key)
    else texts.set(key, text)
  }
  return Object.fromEntries(texts)
}

function readPrompt(entry: string): OwnText {
  const at = entry.indexOf('=')
  const name = entry.slice(0, Math.max(at, 0))
  const [, language, key = ''] = /^(?:([a-z]{2,3}):)?(.*)$/.exec(name) ?? []
  const text = entry.slice(at + 1)
  if (!isRadiusPromptKey(key)) {
    throw wrongUsage(`--prompt: "${key}" is no prompt. There are: ${Object.keys(defaultRadiusPrompts).join(', ')}.`)
  }
  if (encodeRadiusText(text).length > LONGEST_PROMPT_OCTETS) {
    throw wrongUsage(`--prompt ${key}: the text is longer than the ${LONGEST_PROMPT_OCTETS} octets of a Reply-Message.`)
  }
  return { key, text, ...(language !== undefined && { language }) }
}

const PROBLEMS: Readonly<Record<RadiusAttributeProblem, string>> = {
  'not-name-and-value': 'write a name and a value with = between them, such as Filter-Id=staff',
  'unknown-name': 'there is no attribute of this name',
  reserved: 'this attribute is set by the server itself',
  'bad-value': 'the value does not fit the attribute',
  'too-long': 'the value is too long',
}

function checkedAttribute(line: string): string {
  const parsed = parseRadiusAttribute(line)
  if ('problem' in parsed) throw wrongUsage(`--attribute ${line}: ${PROBLEMS[parsed.problem]}.`)
  return line
}

/** The address or network as typed. @throws CommandError. */
export function networkOf(text: string): string {
  if (parseNetwork(text) !== undefined) return text
  throw wrongUsage(`"${text}" is neither an IP address nor a network such as 192.0.2.0/24.`)
}

/** The shared secret, asked for, read or made. `shown`: it was made here, and somebody must be told it. */
export async function chosenSecret(
  terminal: Terminal,
  { secretFile, generateSecret }: RadiusClientOptions,
  random: Random,
): Promise<{ readonly secret: string; readonly shown: boolean; readonly notes: readonly string[] }> {
  if (generateSecret === true) {
    return { secret: Buffer.from(random.bytes(GENERATED_SECRET_BYTES)).toString('base64url'), shown: true, notes: [] }
  }
  const source = { name: 'Shared secret', file: secretFile, fileOption: '--secret-file', confirm: true }
  const secret = await askSecret(terminal, source)
  const isShort = encodeRadiusText(secret).length < MIN_RADIUS_SECRET_LENGTH
  const advice = `Warning: a secret of fewer than ${MIN_RADIUS_SECRET_LENGTH} octets can be guessed from one recorded packet (RFC 2865 §3).`
  return { secret, shown: false, notes: isShort ? [advice] : [] }
}
