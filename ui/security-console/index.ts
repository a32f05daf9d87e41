/** Where the built console lies: the files that an instance serves under `/console/`. */
export const securityConsoleFolder = new URL('./dist/', import.meta.url)
