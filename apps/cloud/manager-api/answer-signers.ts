import { cloudSigningKeys, type CloudSigningKey, signingKeyContext, type SigningKeySet } from '@driftlock/application'
import { type AnswerSigner, answerSigner } from '@driftlock/cloud-keys'
import { type CloudKey, signingJwk } from '@driftlock/contracts'
import type { Cloud } from '../instance/open-cloud.ts'

/** How long the list of keys is believed: other processes of the service may make one. */
const FRESH_MS = 5_000

/** The keys that sign answers, opened. */
export class AnswerSigners {
  readonly #cloud: Cloud
  readonly #opened = new Map<string, Promise<AnswerSigner>>()
  #listed: { readonly atMs: number; readonly keys: Promise<SigningKeySet> } | undefined

  constructor(cloud: Cloud) {
    this.#cloud = cloud
  }

  async current(): Promise<AnswerSigner> {
    return this.#open((await this.#keys()).current)
  }

  /** The key of this id, if it is there: answers to a registration are signed with the one its code names. */
  async named(keyId: string): Promise<AnswerSigner> {
    const { current, former } = await this.#keys()
    return this.#open(former.find(({ key }) => key.id === keyId) ?? current)
  }

  /** As managers are told: the one that signs first, then those that will. */
  async published(): Promise<CloudKey[]> {
    const { current, upcoming } = await this.#keys()
    const until = upcoming.map(({ activeFrom }) => activeFrom).toSorted((a, b) => a - b)[0] ?? null
    return [
      { key: signingJwk.parse(JSON.parse(current.key.jwk)), validUntilMs: until },
      ...upcoming.map(({ key }) => ({ key: signingJwk.parse(JSON.parse(key.jwk)), validUntilMs: null })),
    ]
  }

  #keys(): Promise<SigningKeySet> {
    const nowMs = this.#cloud.clock.monotonicMs()
    if (this.#listed === undefined || nowMs - this.#listed.atMs > FRESH_MS) {
      this.#listed = { atMs: nowMs, keys: cloudSigningKeys(this.#cloud, this.#cloud.cipher) }
      this.#listed.keys.catch(() => {
        this.#listed = undefined
      })
    }
    return this.#listed.keys
  }

  #open({ key, sealedPrivateKey }: CloudSigningKey): Promise<AnswerSigner> {
    const known = this.#opened.get(key.id)
    if (known !== undefined) return known
    const opened = answerSigner(
      key.id,
      this.#cloud.keys.open('private-key', signingKeyContext(key.id), sealedPrivateKey),
    )
    this.#opened.set(key.id, opened)
    return opened
  }
}
