/** The one style sheet of the log-on pages: light and dark, phone width, no motion. */
export const LOG_ON_STYLE = `:root { color-scheme: light dark; --ink: #151515; --soft: #4d4d4d; --paper: #fff; --ground: #f2f2f2; --line: #8a8d90; --brand: #06c; --brand-ink: #fff; --danger: #b1380b; --danger-ground: #ffe3d9; }
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
nav ul { display: flex; gap: 1rem; margin: 0; padding: 0; list-style: none; }
nav [aria-current] { font-weight: 600; }
main { max-width: 30rem; margin: 0 auto 2rem; padding: 1.5rem; background: var(--paper); border-radius: 1rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
a { color: var(--brand); }
form { display: grid; gap: 1.25rem; }
label, legend { font-weight: 600; }
input[type="text"], input[type="password"] { display: block; width: 100%; min-height: 2.75rem; margin-top: .25rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .375rem; background: var(--paper); color: var(--ink); font: inherit; }
fieldset { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; border: 0; }
fieldset label { display: flex; gap: .5rem; align-items: center; min-height: 2rem; font-weight: 400; }
input[type="radio"] { width: 1.125rem; height: 1.125rem; accent-color: var(--brand); }
.help { margin: .375rem 0 0; color: var(--soft); font-size: .875rem; }
button { min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--brand); border-radius: 999px; background: var(--brand); color: var(--brand-ink); font: inherit; font-weight: 600; cursor: pointer; }
button.secondary { background: transparent; color: var(--brand); }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
.failure { padding: .75rem 1rem; border-inline-start: 4px solid var(--danger); border-radius: .25rem; background: var(--danger-ground); color: var(--ink); }
.links { margin: 1.25rem 0 0; }
.pin code { font-size: 1.75rem; letter-spacing: .12em; user-select: all; }
@media (max-width: 32rem) { main { border-radius: 0; padding: 1.25rem 1rem; } header { padding: 1rem; } }
`
