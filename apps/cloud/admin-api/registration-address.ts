/** What a registration QR holds: where the service is and the one-time code; an app's camera reads it. */
export function registrationAddress(serviceUrl: string, code: string): string {
  const query = new URLSearchParams({ service: serviceUrl, code })
  return `driftlock://register?${query.toString()}`
}
