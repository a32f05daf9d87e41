import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '../../tests/e2e/browser/chromium.ts'
import { startDemoProcess } from '../../tests/e2e/browser/running-demo.ts'
import { takeLogOnScreenshots } from './log-on.ts'
import { looks } from './look.ts'
import { takeSecurityScreenshots } from './security.ts'
import { takeSelfServiceScreenshots } from './self-service.ts'
import { writeContactSheets } from './contact-sheet.ts'

const folder = fileURLToPath(new URL('../../scratch/screenshots/', import.meta.url))
const pictures = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))

/** Which pictures the README shows, by their names there. */
const shownInReadme = {
  'help-desk': 'security-dashboard',
  'my-tokens': 'self-service-tokens',
  'emergency-access': 'security-emergency-codes',
}

mkdirSync(folder, { recursive: true })
const browser = await launchChromium()
const demo = await startDemoProcess()
try {
  const session = await takeLogOnScreenshots(browser, { report: demo.report, folder })
  for (const look of looks) {
    await takeSelfServiceScreenshots(browser, { look, folder })
    await takeSecurityScreenshots(browser, { look, folder, report: demo.report, session })
  }
  await writeContactSheets(browser, folder)
} finally {
  await browser.close()
  await demo.stop()
}
if (process.argv.includes('--readme')) {
  for (const [name, taken] of Object.entries(shownInReadme)) {
    copyFileSync(join(folder, `${taken}-desktop-light.png`), join(pictures, `${name}.png`))
  }
}
console.log(`The pictures are in ${folder}`)
