import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ApiError } from './api-error.ts'

const VERSION_TAG = /^"(\d{1,15})"$/

/** An object's version as an entity tag. */
export function versionTag(version: number): string {
  return `"${version}"`
}

/** An entity tag for an answer without a version of its own. */
export function contentTag(content: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 27)}"`
}

/** @throws ApiError `PRECONDITION_REQUIRED` when there is none. */
export function requiredTag({ headers }: FastifyRequest): string {
  const tag = headers['if-match']
  if (tag === undefined) throw new ApiError('PRECONDITION_REQUIRED')
  return tag
}

/** The version that was read, from If-Match. @throws ApiError `PRECONDITION_FAILED` for a tag that no object of ours can have. */
export function versionOf(tag: string): number {
  const version = VERSION_TAG.exec(tag)?.[1]
  if (version === undefined) throw new ApiError('PRECONDITION_FAILED')
  return Number(version)
}

/** For what is checked before it is done. @throws ApiError `PRECONDITION_FAILED`. */
export function requireSame(read: number | undefined, current: number): void {
  if (read !== undefined && read !== current) throw new ApiError('PRECONDITION_FAILED')
}
