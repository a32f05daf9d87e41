/** A name of the server's as part of a key of the catalogue: "Client address" is client-address. */
export function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9_]+/g, '-')
}
