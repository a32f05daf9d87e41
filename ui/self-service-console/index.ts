/** Where the built console lies: the files that an instance serves under `/self-service/`. */
export const selfServiceConsoleFolder = new URL('./dist/', import.meta.url)
