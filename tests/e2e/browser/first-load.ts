import type { Page, Request } from 'playwright'

/** Bytes, as they were sent, of everything but the API's answers that a page loads until it is quiet; prints them. */
export async function firstLoadBytes(page: Page, url: string): Promise<number> {
  const finished: ReturnType<Request['sizes']>[] = []
  page.on('requestfinished', (request) => {
    if (!request.url().includes('/api/')) finished.push(request.sizes())
  })
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  const sizes = await Promise.all(finished)
  const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
  console.log(`the start page with everything it loads: ${(bytes / 1024).toFixed(1)} KiB gzip`)
  return bytes
}
