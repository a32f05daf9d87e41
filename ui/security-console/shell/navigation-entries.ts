import type { HeldPermission, Permission } from '@driftlock/contracts'
import type { NavigationEntry } from '@driftlock/ui-kit'

interface GuardedLink {
  readonly to: string
  readonly text: string
  readonly needs: Permission
}

const groups: readonly { readonly text: string; readonly links: readonly GuardedLink[] }[] = [
  {
    text: 'identity',
    links: [
      { to: '/users', text: 'users', needs: 'view-users' },
      { to: '/security-domains', text: 'securityDomains', needs: 'view-security-domains' },
    ],
  },
  {
    text: 'authentication',
    links: [
      { to: '/tokens', text: 'manageExisting', needs: 'view-tokens' },
      { to: '/token-import', text: 'import', needs: 'import-tokens' },
      { to: '/distribution', text: 'distribution', needs: 'redistribute-token' },
      { to: '/policies', text: 'policies', needs: 'view-policies' },
    ],
  },
  {
    text: 'access',
    links: [
      { to: '/agents', text: 'agents', needs: 'view-agents' },
      { to: '/radius-clients', text: 'radiusClients', needs: 'view-radius-clients' },
    ],
  },
  {
    text: 'reporting',
    links: [
      { to: '/charts', text: 'charts', needs: 'view-activity' },
      { to: '/reports', text: 'reports', needs: 'run-reports' },
      { to: '/activity', text: 'activity', needs: 'view-activity' },
      { to: '/audit', text: 'audit', needs: 'view-audit' },
    ],
  },
  {
    text: 'administration',
    links: [
      { to: '/administrators', text: 'administrators', needs: 'view-administrators' },
      { to: '/roles', text: 'roles', needs: 'view-administrators' },
      { to: '/api-keys', text: 'apiKeys', needs: 'view-api-keys' },
      { to: '/jobs', text: 'jobs', needs: 'import-tokens' },
    ],
  },
  {
    text: 'setup',
    links: [
      { to: '/self-service-settings', text: 'selfServiceSettings', needs: 'view-settings' },
      { to: '/settings', text: 'settings', needs: 'view-settings' },
      { to: '/instances', text: 'instances', needs: 'view-instances' },
      { to: '/high-availability', text: 'highAvailability', needs: 'view-high-availability' },
    ],
  },
]

/** The menu of one administrator, in the order and words of the seeds' console; what they may never open is left out. */
export function navigationFor(held: readonly HeldPermission[], t: (key: string) => string): readonly NavigationEntry[] {
  const may = new Set(held.map((one) => one.permission))
  const shown = groups
    .map(({ text, links }) => ({
      title: t(`menu.${text}`),
      links: links
        .filter((link) => may.has(link.needs))
        .map((link) => ({ to: link.to, title: t(`menu.${link.text}`) })),
    }))
    .filter((group) => group.links.length > 0)
  return [{ to: '/', title: t('menu.home') }, ...shown]
}
