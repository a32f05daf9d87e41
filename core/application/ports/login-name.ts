/**
 * The key under which a user id or an alias is found: Unicode NFC, trimmed, lower case. One login name belongs to one
 * user in the deployment, whether it is the user id or an alias. Of U+0000, which PostgreSQL keeps in no text, U+FFFD is made:
 * nobody is found under it.
 */
export function loginName(text: string): string {
  return text.replaceAll('\0', '\uFFFD').normalize('NFC').trim().toLowerCase()
}
