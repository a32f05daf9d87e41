/** Sent with every answer. Pages of ours hold no inline script or style, load nothing from elsewhere and are not framed. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const ONE_YEAR_SECONDS = 31_536_000

const COMMON: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cache-control': 'no-store',
}

export function securityHeaders({ encrypted }: { readonly encrypted: boolean }): Readonly<Record<string, string>> {
  return encrypted ? { ...COMMON, 'strict-transport-security': `max-age=${ONE_YEAR_SECONDS}` } : COMMON
}
