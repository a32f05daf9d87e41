/**
 * What a page gains where script runs; every page works without. A page brought back by the back button is asked for anew, a
 * form is sent once, and a PIN is wiped when its page is left.
 */
export const PAGE_SCRIPT = `'use strict'
addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })
addEventListener('pagehide', () => { for (const pin of document.querySelectorAll('.pin code')) pin.textContent = '' })
addEventListener('submit', () => {
  setTimeout(() => { for (const button of document.querySelectorAll('button')) button.disabled = true })
})
`
