import type { Page } from 'playwright'

/** Does what a person at the help desk does, and counts it. */
export class HandsOfTheHelpDesk {
  readonly #page: Page
  #clicks = 0
  #fields = 0
  #startedAt = 0

  constructor(page: Page) {
    this.#page = page
  }

  start(): void {
    this.#startedAt = performance.now()
  }

  /** Types into the search of Home, where the cursor is already, and presses Enter. */
  async find(username: string): Promise<void> {
    this.#fields += 1
    await this.#page.getByRole('searchbox', { name: 'Find the caller' }).fill(username)
    await this.#page.keyboard.press('Enter')
    await this.#page.waitForURL('**/users/*')
    await this.#page.getByRole('heading', { name: 'Tokens', exact: true }).waitFor()
  }

  async press(name: string): Promise<void> {
    await this.#click(this.#page.getByRole('button', { name, exact: true }).first())
  }

  /** The last of several buttons of one name. */
  async pressLast(name: string): Promise<void> {
    await this.#click(this.#page.getByRole('button', { name, exact: true }).last())
  }

  async pressNamed(name: RegExp): Promise<void> {
    await this.#click(this.#page.getByRole('button', { name }).first())
  }

  async choose(name: string): Promise<void> {
    await this.#click(this.#page.getByRole('menuitem', { name, exact: true }))
  }

  /** Presses a button of the dialog that is open. */
  async confirm(name: string): Promise<void> {
    await this.#click(this.#page.getByRole('dialog').getByRole('button', { name, exact: true }))
  }

  async fill(label: string, value: string): Promise<void> {
    this.#fields += 1
    await this.#page.getByLabel(label, { exact: false }).first().fill(value)
  }

  /** "3 clicks, 1 field, 0.8 s" of the page's own time. */
  said(): string {
    const seconds = (performance.now() - this.#startedAt) / 1000
    return `${this.#clicks} clicks, ${this.#fields} fields, ${seconds.toFixed(1)} s`
  }

  async #click(target: ReturnType<Page['getByRole']>): Promise<void> {
    this.#clicks += 1
    await target.click()
  }
}
