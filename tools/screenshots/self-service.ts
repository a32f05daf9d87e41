import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { serveBuiltConsole } from '../../tests/e2e/browser/built-console.ts'
import { mockSelfService } from '../../tests/e2e/browser/mock-self-service.ts'
import { settled } from '../../tests/e2e/browser/settled.ts'
import { type Look, openLook } from './look.ts'

interface Shot {
  readonly name: string
  readonly path: string
  /** What is done on the page before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>
}

const shots: readonly Shot[] = [
  { name: 'tokens', path: '' },
  { name: 'choose-token', path: 'troubleshoot' },
  { name: 'troubleshoot', path: 'tokens/token-1/troubleshoot' },
  {
    name: 'emergency-codes',
    path: 'tokens/token-1/troubleshoot',
    act: async (page) => {
      await page.getByRole('radio', { name: /temporarily|vorübergehend/ }).check()
      await page.getByRole('button', { name: 'OK' }).click()
      await page.getByRole('list', { name: /Emergency|Notfall/ }).waitFor()
    },
  },
  {
    name: 'confirm-lost',
    path: 'tokens/token-1/troubleshoot',
    act: async (page) => {
      await page.getByRole('radio', { name: /permanently|endgültig/ }).check()
      await page.getByRole('button', { name: 'OK' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'confirm-undamaged',
    path: 'tokens/token-1/confirm-undamaged',
    act: async (page) => page.getByRole('button', { name: /^(No|Nein)$/ }).click(),
  },
  {
    name: 'resynchronize',
    path: 'tokens/token-1/resynchronize',
    act: async (page) => page.getByRole('textbox').first().fill('123456'),
  },
  { name: 'forgot-pin', path: 'tokens/token-1/forgot-pin' },
  {
    name: 'change-pin',
    path: 'tokens/token-1/change-pin',
    act: async (page) => page.getByRole('button', { name: 'OK' }).click(),
  },
  { name: 'enable', path: 'tokens/token-2/enable' },
  { name: 'test', path: 'test' },
  { name: 'history', path: 'history' },
  { name: 'not-found', path: 'nowhere' },
]

/** Every page of the Self-Service Console in one look, over answers made up for it. */
export async function takeSelfServiceScreenshots(
  browser: Browser,
  { look, folder }: { readonly look: Look; readonly folder: string },
): Promise<void> {
  const site = await serveBuiltConsole('self-service-console')
  const context = await openLook(browser, site.url, look)
  await mockSelfService(context)
  for (const shot of shots) {
    const page = await context.newPage()
    await page.goto(`${site.url}${shot.path}`)
    await settled(page)
    await shot.act?.(page)
    await page.screenshot({ path: join(folder, `self-service-${shot.name}-${look.name}.png`) })
    await page.close({ runBeforeUnload: false })
  }
  await context.close()
  await site.close()
}
