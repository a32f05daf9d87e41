import type { Page } from 'playwright'

/** Collects what a page does against its policy (CSP, Trusted Types) and what fails in it. */
export function watchPolicy(page: Page): readonly string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => {
    faults.push(String(error))
  })
  return faults
}
