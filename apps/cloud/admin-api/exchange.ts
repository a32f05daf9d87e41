import type { FastifyRequest } from 'fastify'

export interface AdminApiOptions {
  readonly logOnsPerAddressAndMinute: number
  /** For registration codes; absent = as the request named this server. */
  readonly publicUrl: string | undefined
}

export function originOf(request: FastifyRequest) {
  return { clientAddress: request.ip, requestId: request.id }
}

export interface CompanyParams {
  readonly companyId: string
}

/** What is given, without what is given as undefined. */
export function given<T extends object>(input: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined> // what was undefined is absent now
  }
}
