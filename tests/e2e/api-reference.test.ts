import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ApiDescription,
  REFERENCE_STYLE,
  referencePage,
} from '../../adapters/http/administration-api/reference-page.ts'
import { launchChromium } from './browser/chromium.ts'
import { accessibilityFaults } from './browser/find-faults.ts'
import { tooWide } from './browser/too-wide.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const content = { 'application/json': { schema: { $ref: '#/components/schemas/User' } } }
const parameters = [{ name: 'userId', in: 'path', required: true, schema: { type: 'string' } }]
const answers = { 200: { description: 'The user', content }, default: { description: 'A problem' } }

/** One of each part that the page is made of: the whole one repeats them some hundred times. */
const DESCRIPTION: ApiDescription = {
  paths: {
    '/api/v1/users/{userId}': {
      get: { summary: 'A user', tags: ['users'], parameters, responses: answers },
      patch: { summary: 'Change it', tags: ['users'], parameters, requestBody: { content }, responses: answers },
    },
    '/api/v1/jobs': { get: { summary: 'Jobs', tags: ['jobs'], responses: answers } },
  },
  components: { schemas: { User: { type: 'object', properties: { username: { type: 'string' } } } } },
}

it.each(['light', 'dark'] as const)(
  'the page of the administration API has no fault of accessibility and fits a phone, %s',
  async (colorScheme) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 360, height: 800 } })
    const page = await context.newPage()
    await page.setContent(referencePage(DESCRIPTION).replaceAll('<details', '<details open'))
    await page.addStyleTag({ content: REFERENCE_STYLE })
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await tooWide(page)).toEqual([])
    await context.close()
  },
)
