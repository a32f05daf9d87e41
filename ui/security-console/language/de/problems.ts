import type { Translated } from '@driftlock/ui-kit'
import type { problems as english } from '../en/problems.ts'

export const problems: Translated<typeof english> = {
  problems: {
    MORE_THAN_HELD: 'Nicht erlaubt: Es betrifft jemanden mit Berechtigungen, die Sie nicht haben.',
    ALREADY_EXISTS: 'Dieser Name ist schon vergeben. Wählen Sie einen anderen.',
    IN_USE: 'Es gehört noch etwas dazu. Verschieben oder löschen Sie das zuerst.',
    CHANGED_MEANWHILE:
      'Jemand hat es geändert, seit diese Seite geladen wurde. Laden Sie sie neu und wiederholen Sie die Änderung.',
    TOKEN_ALREADY_ASSIGNED: 'Token {{serial}} ist schon zugewiesen. Entziehen Sie es zuerst.',
    TOKEN_NOT_ASSIGNED: 'Token {{serial}} ist niemandem zugewiesen. Weisen Sie es zuerst zu.',
    TOKEN_EXPIRED: 'Token {{serial}} ist abgelaufen. Wählen Sie ein anderes.',
    TOKEN_PENDING_REPLACEMENT: 'Token {{serial}} wird schon ersetzt.',
    TOO_MANY_TOKENS:
      'Benutzer {{username}} hat schon {{limit}} Token, mehr sind nicht erlaubt. Entziehen oder ersetzen Sie eines.',
    NO_TOKEN_AVAILABLE:
      'In dieser Sicherheitsdomäne ist kein nicht zugewiesenes, aktiviertes und gültiges Token dieser Art mehr da. Wählen Sie selbst eines, oder importieren Sie Token.',
    TOKEN_WITHOUT_PIN: 'Token {{serial}} wird ohne PIN benutzt.',
    PIN_REFUSED: 'Diese PIN ist nach der Richtlinie nicht erlaubt. Wählen Sie eine andere.',
    EMERGENCY_ACCESS_REFUSED:
      'Notfallzugang wurde nicht gegeben: Das Token muss zugewiesen und darf weder deaktiviert noch abgelaufen sein.',
    EMERGENCY_PROPOSAL_INVALID:
      'Die Codes sind zu alt, oder Token {{serial}} hat sich seit ihrer Erzeugung geändert. Erzeugen Sie die Codes neu.',
    NO_EMERGENCY_ACCESS: 'Token {{serial}} hat keinen Notfallzugang.',
    DISTRIBUTION_UNSUITABLE: 'Token {{serial}} kann so nicht verteilt werden. Wählen Sie eine andere Art.',
    DISTRIBUTION_PENDING:
      'Token {{serial}} wurde neu verteilt, und die neue Kopie wurde noch nicht benutzt. Nehmen Sie das zuerst zurück.',
    NO_PENDING_DISTRIBUTION:
      'Für Token {{serial}} gibt es keine Neuverteilung zurückzunehmen: Es gab keine, oder die neue Kopie ist in Gebrauch.',
    COUNT_NOT_CONFIRMED:
      'Das würde {{named}} Token neu verteilen, aber {{confirmed}} wurden bestätigt. Bestätigen Sie genau so viele.',
    LAST_SUPER_ADMINISTRATOR:
      'Das ist der letzte Super-Administrator. Machen Sie erst einen anderen, sonst könnte niemand mehr alles verwalten.',
    PREDEFINED_ROLE: 'Diese Rolle gehört zum Produkt und bleibt, wie sie ist. Legen Sie eine eigene an.',
    JOB_NOT_ACTIVE: 'Der Auftrag ist zu Ende: Es gibt nichts anzuhalten.',
  },
}
