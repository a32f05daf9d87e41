/**
 * The key under which a user id or an alias is found: Unicode NFC, trimmed, lower case. One login name belongs to one
 * user in the deployment, whether it is the user id or an alias.
 */
export function loginName(text: string): string {
  return text.normalize('NFC').trim().toLowerCase()
}
