import { html } from '../markup/html.ts'

/** What every page of a server's own making has: light and dark, phone width, no motion. */
export const PAGE_STYLE = `:root { color-scheme: light dark; --ink: #151515; --soft: #4d4d4d; --paper: #fff; --ground: #f2f2f2; --line: #8a8d90; --brand: #06c; --brand-ink: #fff; --danger: #b1380b; --danger-ground: #ffe3d9; }
@media (prefers-color-scheme: dark) { :root { --ink: #fff; --soft: #c7c7c7; --paper: #1f1f1f; --ground: #151515; --line: #a3a3a3; --brand: #92c5f9; --brand-ink: #151515; --danger: #fbbea8; --danger-ground: #4c1405; } }
:root.light { color-scheme: light; --ink: #151515; --soft: #4d4d4d; --paper: #fff; --ground: #f2f2f2; --line: #8a8d90; --brand: #06c; --brand-ink: #fff; --danger: #b1380b; --danger-ground: #ffe3d9; }
:root.dark { color-scheme: dark; --ink: #fff; --soft: #c7c7c7; --paper: #1f1f1f; --ground: #151515; --line: #a3a3a3; --brand: #92c5f9; --brand-ink: #151515; --danger: #fbbea8; --danger-ground: #4c1405; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; max-width: 30rem; margin: 0 auto; padding: 1.5rem 1.5rem .75rem; }
.product { display: flex; gap: .5rem; align-items: center; margin: 0; font-size: 1.125rem; font-weight: 600; }
.bow, .hand { fill: none; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
.bow { stroke: var(--brand); }
.body { fill: var(--brand); }
.hand { stroke: var(--brand-ink); stroke-width: 2.2; }
main { max-width: 30rem; margin: 0 auto 2rem; padding: 1.5rem; background: var(--paper); border-radius: 1rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
a { color: var(--brand); }
.help { margin: .375rem 0 0; color: var(--soft); font-size: .875rem; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
@media (max-width: 32rem) { main { border-radius: 0; padding: 1.25rem 1rem; } header { padding: 1rem; } }
`

export const productMark = html`<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false"><path class="bow" d="M9 14V10a7 7 0 0 1 14 0v4"/><rect class="body" x="5" y="13" width="22" height="16" rx="4"/><path class="hand" d="M16 17v5l3.5 2.5"/></svg>`
