type Methods = Record<string, (...parameters: never[]) => Promise<unknown>>

/** The same methods, with the errors of the driver turned into the store's. */
export function translating<T extends object>(methods: T, translate: (error: unknown) => unknown): T {
  const all = methods as Methods // callers give tables of asynchronous methods
  const wrapped = Object.entries(all).map(([name, method]) => [
    name,
    async (...parameters: never[]) => {
      try {
        return await method(...parameters)
      } catch (error) {
        throw translate(error)
      }
    },
  ])
  return Object.fromEntries(wrapped) as T // the same names, each with the same parameters and answer
}
