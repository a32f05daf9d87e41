/** A program that some test runs, and the Debian package that brings it. */
export interface Program {
  readonly package: string
  /** A command looked for on the PATH and in the sbin folders, or a file pattern where there is no command. */
  readonly proof: { readonly command: string } | { readonly file: string }
  readonly usedFor: string
}

/** Everything from outside npm that `npm test` needs. */
export const programs: readonly Program[] = [
  { package: 'stoken', proof: { command: 'stoken' }, usedFor: 'SecurID-format tokencodes and files, second opinion' },
  { package: 'oathtool', proof: { command: 'oathtool' }, usedFor: 'TOTP and HOTP codes, second opinion' },
  { package: 'freeradius-utils', proof: { command: 'radclient' }, usedFor: 'RADIUS requests from another client' },
  {
    package: 'postgresql',
    proof: { file: '/usr/lib/postgresql/*/bin/postgres' },
    usedFor: 'the store on its second engine, in a scratch cluster',
  },
  {
    package: 'libpam-radius-auth',
    proof: { file: '/{usr/,}lib/{*/,}security/pam_radius_auth.so' },
    usedFor: 'login on a host through RADIUS',
  },
  { package: 'pamtester', proof: { command: 'pamtester' }, usedFor: 'PAM conversations without a login' },
  { package: 'expect', proof: { command: 'expect' }, usedFor: 'answering prompts as a person would' },
  { package: 'openssh-server', proof: { command: 'sshd' }, usedFor: 'ssh with challenges, through PAM and RADIUS' },
  { package: 'strace', proof: { command: 'strace' }, usedFor: 'what is on disk when the power goes' },
  { package: 'openssl', proof: { command: 'openssl' }, usedFor: 'certificates of servers under test' },
  { package: 'nginx-light', proof: { command: 'nginx' }, usedFor: 'forward authentication behind nginx' },
  { package: 'caddy', proof: { command: 'caddy' }, usedFor: 'forward authentication behind Caddy' },
  { package: 'haproxy', proof: { command: 'haproxy' }, usedFor: 'forward authentication behind HAProxy' },
  {
    package: 'chromium-headless-shell',
    proof: { command: 'chromium-headless-shell' },
    usedFor: 'the consoles, and the domain in a browser',
  },
]
