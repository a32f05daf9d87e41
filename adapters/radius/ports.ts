import type { RejectDetail } from '@driftlock/application'
import type { RadiusAttribute } from '@driftlock/formats'
import type { RadiusWording } from './prompts.ts'

/** A RADIUS client (NAS) as administration knows it. Texts and attributes are checked where they are stored. */
export interface RadiusClient extends RadiusWording {
  readonly id: string
  readonly name: string
  /** Addresses or networks: `192.0.2.1`, `10.0.0.0/8`, `2001:db8::/32`. The longest match of all clients wins. */
  readonly addresses: readonly string[]
  readonly secret: Uint8Array
  /** `auto`: not required until the client has once sent a valid one outside EAP, from then on required. */
  readonly requireMessageAuthenticator: 'yes' | 'no' | 'auto'
  /** What the store remembers for `auto`; set after a `message-authenticator-seen` event. */
  readonly hasSentMessageAuthenticator?: boolean
  /** A proxy may send Proxy-State without Message-Authenticator; nobody else may (Blast-RADIUS). */
  readonly isProxy: boolean
  /** Takes `DOMAIN\` and `@realm` off user names. */
  readonly stripRealm: boolean
  /** User names like `CORP\*` become `userNameReplacement` with `*` filled in; one `*` in each. Others stay as they are. */
  readonly userNamePattern?: string
  readonly userNameReplacement?: string
  /** Sent with every accept, after the attributes of the answer. */
  readonly replyAttributes: readonly RadiusAttribute[]
  /** Can show an Access-Challenge; otherwise what would be asked is a reject. Judged behind the port. */
  readonly supportsChallenge: boolean
  readonly rejectDetail: RejectDetail
  /** Groups whose members may log in here; empty: everyone. Judged behind the port. */
  readonly groups: readonly string[]
}

/** One PAP attempt, or the answer to a challenge when `state` is there. */
export interface RadiusLogin {
  readonly client: RadiusClient
  /** After realm stripping and mapping. */
  readonly username: string
  /** As the client sent it. */
  readonly presentedUsername: string
  readonly password: string
  readonly state?: Uint8Array
  /**
   * The same for every copy of one request, on whatever instance it arrives: an HMAC-SHA-256 under the client's secret
   * (base64url, 43 characters) over source address, identifier, authenticator, user name, password and state.
   */
  readonly requestKey: string
  readonly sourceAddress: string
  readonly nasIdentifier?: string
  readonly nasAddress?: string
  readonly callingStationId?: string
  readonly calledStationId?: string
}

/** What to answer. `silence` lets the client fail over to another instance. */
export type RadiusAnswer =
  | { readonly code: 'accept'; readonly replyAttributes: readonly RadiusAttribute[]; readonly message?: string }
  | { readonly code: 'reject'; readonly message?: string }
  | RadiusChallenge
  | { readonly code: 'silence' }

export interface RadiusChallenge {
  readonly code: 'challenge'
  /** The question; cut to 253 octets of UTF-8. */
  readonly message: string
  /** 1..253 octets that any instance can continue from. */
  readonly state: Uint8Array
  /** Whether the user may see what is typed. */
  readonly echo: boolean
  /** How long the client should wait for the user; raised to 90, since a tokencode lives 60 s. */
  readonly sessionTimeoutSeconds: number
}

/** The application behind the listener. A rejected promise is silence to the client and a `login-failed` event. */
export interface RadiusAuthentication {
  authenticate(request: RadiusLogin): Promise<RadiusAnswer>
}

/** Why a packet got no answer. */
export type RadiusDropReason =
  | 'unknown-client'
  | 'malformed-packet'
  | 'unexpected-code'
  | 'message-authenticator-invalid'
  | 'message-authenticator-missing'
  | 'proxy-state-from-non-proxy'
  | 'attributes-contradict'
  | 'duplicate-in-flight'
  | 'overloaded'
  | 'superseded'
  | 'status-rate'
  | 'unhealthy'
  | 'silence'

/** What the rest of the program may want to store, log or show. Called on the hot path: return quickly, never throw. */
export type RadiusEvent =
  | {
      readonly kind: 'dropped'
      readonly reason: RadiusDropReason
      readonly address: string
      readonly clientId?: string
    }
  | { readonly kind: 'message-authenticator-seen'; readonly clientId: string }
  | { readonly kind: 'wrong-secret-suspected'; readonly clientId: string; readonly address: string }
  | {
      readonly kind: 'not-evaluated'
      readonly reason: NotEvaluatedReason
      readonly clientId: string
      readonly address: string
    }
  | { readonly kind: 'login-failed'; readonly clientId: string; readonly error: unknown }
  | { readonly kind: 'answer-too-large'; readonly clientId: string }
  | { readonly kind: 'socket-failed'; readonly transport: 'udp' | 'tcp'; readonly error: unknown }

/** Why a request is rejected without asking the application, so that it never counts against a user. */
export type NotEvaluatedReason =
  | 'garbage-password'
  | 'empty-password'
  | 'no-user-name'
  | 'user-name-not-text'
  | 'not-pap'
  | 'password-size'
