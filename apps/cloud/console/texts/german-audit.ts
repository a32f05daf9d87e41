import type { AuditAction } from '@driftlock/domain'

/** What a cloud access service puts on record, in German; an action that is missing here is told in English. */
export const GERMAN_ACTIONS: Readonly<Partial<Record<AuditAction, string>>> = {
  authenticate: 'Ein Tokencode wurde geprüft',
  'create-company': 'Eine Firma wurde angelegt',
  'update-company': 'Eine Firma wurde geändert oder ihre Hochverfügbarkeit geschaltet',
  'create-identity-source': 'Eine Identitätsquelle wurde angelegt',
  'import-users': 'Eine Liste von Benutzern wurde importiert',
  'create-user': 'Ein Benutzer wurde angelegt',
  'update-user': 'Ein Benutzer wurde geändert',
  'unlock-user': 'Ein Benutzer wurde entsperrt',
  'delete-user': 'Ein Benutzer wurde gelöscht',
  'offer-app-registration': 'Ein Code zur Registrierung einer App wurde erzeugt',
  'register-app': 'Eine App wurde registriert; sie ersetzt die frühere des Benutzers',
  'revoke-app': 'Eine App wurde widerrufen',
  'offer-manager-registration': 'Ein Code zur Verbindung eines Managers wurde erzeugt',
  'register-manager': 'Ein Manager wurde verbunden',
  'rotate-manager-keys': 'Ein Manager hat seine Schlüssel gewechselt',
  'revoke-manager': 'Ein Manager wurde getrennt',
  'report-steps': 'Ein Manager hat selbst angenommene Tokencodes gemeldet',
  'rotate-cloud-key': 'Ein neuer Schlüssel zum Unterschreiben der Antworten wurde erzeugt',
  'rotate-keys': 'Die Datenschlüssel oder der Hauptschlüssel wurden gewechselt',
  'create-administrator': 'Ein Administrator wurde angelegt',
  'log-on-administrator': 'Ein Administrator hat sich angemeldet oder es versucht',
  'log-off-administrator': 'Ein Administrator hat sich abgemeldet',
  'set-second-factor': 'Ein Administrator hat eine App als zweiten Faktor gewählt oder aufgegeben',
  'renew-set-up-code': 'Ein Administrator hat einen neuen Einrichtungscode erhalten',
}
