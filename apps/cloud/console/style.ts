/** The one style sheet of the console: light and dark, phone width, no motion. */
export const CONSOLE_STYLE = `:root { color-scheme: light dark; --ink: #151515; --soft: #4d4d4d; --paper: #fff; --ground: #f2f2f2; --line: #707070; --rail: #d2d2d2; --brand: #06c; --brand-ink: #fff; --danger: #b1380b; --danger-ground: #ffe3d9; --good: #3d7317; --good-ground: #e9f7df; }
@media (prefers-color-scheme: dark) { :root { --ink: #fff; --soft: #c7c7c7; --paper: #1f1f1f; --ground: #151515; --line: #a3a3a3; --rail: #4d4d4d; --brand: #92c5f9; --brand-ink: #151515; --danger: #fbbea8; --danger-ground: #4c1405; --good: #afdc8f; --good-ground: #1c3a0b; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif; }
header, main { max-width: 70rem; margin: 0 auto; padding: 1rem 1.5rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; }
.product { display: flex; gap: .5rem; align-items: center; margin: 0; font-size: 1.125rem; font-weight: 600; }
.bow, .hand { fill: none; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
.bow { stroke: var(--brand); }
.body { fill: var(--brand); }
.hand { stroke: var(--brand-ink); stroke-width: 2.2; }
.who { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; }
main { margin-bottom: 2rem; padding: 1.5rem; background: var(--paper); border-radius: 1rem; }
main.narrow { max-width: 30rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 1.25rem; padding: 0 0 .75rem; border-bottom: 1px solid var(--rail); list-style: none; }
header nav ul { margin: 0; padding: 0; border: 0; }
nav a, nav span { display: inline-block; padding: .25rem 0; }
nav [aria-current] { font-weight: 700; color: var(--ink); text-decoration: none; border-bottom: 3px solid var(--brand); }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .75rem; font-size: 1.125rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
a { color: var(--brand); }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem 1.5rem; margin: 0 0 1.5rem; }
dl.facts dt { color: var(--soft); font-size: .875rem; }
dl.facts dd { margin: 0; font-size: 1.125rem; font-weight: 600; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: 0 0 1rem; }
table { width: 100%; border-collapse: collapse; }
caption { padding: 0 0 .5rem; text-align: start; color: var(--soft); font-size: .875rem; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--rail); text-align: start; vertical-align: top; }
th { font-size: .875rem; white-space: nowrap; }
td { overflow-wrap: break-word; }
form.stack { display: grid; gap: 1rem; max-width: 30rem; }
form.line { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 0 0 1.25rem; }
form.plain { display: inline; }
label { font-weight: 600; }
input, select, textarea { display: block; width: 100%; min-height: 2.75rem; margin-top: .25rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .375rem; background: var(--paper); color: var(--ink); font: inherit; }
form.line > div { flex: 1 1 12rem; }
input[type="hidden"] { display: none; }
.help { margin: .375rem 0 0; color: var(--soft); font-size: .875rem; font-weight: 400; }
button, .button { display: inline-block; min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--brand); border-radius: 999px; background: var(--brand); color: var(--brand-ink); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
button.secondary { background: transparent; color: var(--brand); }
button.danger { border-color: var(--danger); background: transparent; color: var(--danger); }
button.small { min-height: 2rem; padding: .125rem .875rem; font-size: .875rem; }
details { margin: 0 0 1rem; }
summary { color: var(--brand); cursor: pointer; }
td details { margin: 0; }
td details[open] summary { margin: 0 0 .5rem; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
.failure, .done { padding: .75rem 1rem; border-inline-start: 4px solid var(--danger); border-radius: .25rem; background: var(--danger-ground); color: var(--ink); }
.done { border-color: var(--good); background: var(--good-ground); }
.state { font-weight: 600; white-space: nowrap; }
.state.good { color: var(--good); }
.state.bad { color: var(--danger); }
.code { display: block; margin: 0 0 1rem; padding: 1rem; border-radius: .5rem; background: var(--ground); font: 600 1.125rem/1.5 "Liberation Mono", Consolas, monospace; overflow-wrap: anywhere; user-select: all; }
.qr { width: min(16rem, 100%); height: auto; padding: 1rem; border-radius: .5rem; background: #fff; }
.qr path { fill: #000; }
@media (max-width: 32rem) { main { border-radius: 0; padding: 1.25rem 1rem; } header { padding: 1rem; } }
`
