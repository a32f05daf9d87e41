import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { looks } from './look.ts'

/** Pictures on one sheet. */
const PER_SHEET = 15

/** Lays the pictures of each look side by side, small, so that all can be looked at in a minute. */
export async function writeContactSheets(browser: Browser, folder: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 2000, height: 1400 } })
  for (const { name, width } of looks) {
    const files = readdirSync(folder)
      .filter((file) => file.endsWith(`-${name}.png`) && !file.startsWith('sheet-'))
      .toSorted()
    const perSheet = width < 600 ? PER_SHEET * 2 : PER_SHEET
    for (let from = 0; from < files.length; from += perSheet) {
      const shown = files.slice(from, from + perSheet).map((file) => figure(folder, file))
      await page.setContent(sheet(shown.join(''), width < 600 ? 10 : 5))
      await page.screenshot({ path: join(folder, `sheet-${name}-${from / perSheet + 1}.png`), fullPage: true })
    }
  }
  await page.close()
}

function figure(folder: string, file: string): string {
  const data = readFileSync(join(folder, file)).toString('base64')
  return `<figure><img src="data:image/png;base64,${data}"><figcaption>${file}</figcaption></figure>`
}

function sheet(figures: string, columns: number): string {
  const style = `body{display:grid;grid-template-columns:repeat(${columns},1fr);gap:8px;margin:8px;font:12px sans-serif}figure{margin:0}img{width:100%;border:1px solid #888}`
  return `<!doctype html><style>${style}</style>${figures}`
}
