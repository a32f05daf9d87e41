import { ApplicationError } from '../errors/application-error.ts'
import type { ErrorFacts } from '../errors/application-errors.ts'
import { StoreError } from '../ports/store-error.ts'

/** The store's word for a taken name becomes the use case's, with what it was. */
export async function orAlreadyExists<T>(facts: ErrorFacts['ALREADY_EXISTS'], work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StoreError && error.code === 'ALREADY_EXISTS') {
      throw new ApplicationError('ALREADY_EXISTS', facts, { cause: error })
    }
    throw error
  }
}
