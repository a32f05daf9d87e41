import { keepChoice } from './preferences.ts'
import { tokenCard, type TokenCard } from './token-card.ts'
import type { TokenHolder } from './token-holder.ts'

/** More than this are not drawn: a demo for a load test may have many thousands. */
const MOST_SHOWN = 200
const REFRESH_MS = 250

const list = byId('tokens')
const count = byId('count')
const search = document.querySelector<HTMLInputElement>('#search')

function byId(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`The page has no element ${id}.`)
  return found
}

function showMatching(holders: readonly TokenHolder[]): readonly TokenCard[] {
  const wanted = search?.value.trim().toLowerCase() ?? ''
  const matching = holders.flatMap((holder) =>
    holder.tokens
      .filter(({ serial }) => `${holder.username} ${serial} ${holder.state}`.toLowerCase().includes(wanted))
      .map((token) => ({ holder, token })),
  )
  const cards = matching.slice(0, MOST_SHOWN).map(({ holder, token }) => tokenCard(holder, token))
  list.replaceChildren(...cards.map(({ root }) => root))
  count.textContent =
    matching.length > cards.length ? `${cards.length} of ${matching.length} tokens` : `${cards.length} tokens`
  return cards
}

async function start(): Promise<void> {
  keepChoice('look')
  keepChoice('theme')
  const response = await fetch('./tokens.json')
  if (!response.ok) throw new Error(`The tokens cannot be read (${response.status}).`)
  const holders = (await response.json()) as readonly TokenHolder[] // written by the demo that serves this page
  let cards = showMatching(holders)
  const refresh = (): void => {
    for (const card of cards) card.refresh(Date.now())
  }
  search?.addEventListener('input', () => {
    cards = showMatching(holders)
    refresh()
  })
  refresh()
  setInterval(refresh, REFRESH_MS)
}

start().catch((error: unknown) => {
  count.textContent = error instanceof Error ? error.message : 'The tokens cannot be read.'
})
