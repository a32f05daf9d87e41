interface Palette {
  readonly brand?: string | undefined
  readonly brandInk?: string | undefined
}

export interface Colours {
  readonly light?: Palette | undefined
  readonly dark?: Palette | undefined
}

/** The one style sheet: light and dark, phone width, the wait for the next tokencode drawn without script. */
export function styleSheet({ light = {}, dark = {} }: Colours): string {
  return `:root { color-scheme: light dark; --ink: #151515; --soft: #4d4d4d; --paper: #fff; --ground: #f2f2f2; --line: #707070; --rail: #e0e0e0; --brand: ${light.brand ?? '#06c'}; --brand-ink: ${light.brandInk ?? '#fff'}; --danger: #b1380b; --danger-ground: #ffe3d9; --good: #3d7317; }
@media (prefers-color-scheme: dark) { :root { --ink: #fff; --soft: #c7c7c7; --paper: #1f1f1f; --ground: #151515; --line: #a3a3a3; --rail: #4d4d4d; --brand: ${dark.brand ?? '#92c5f9'}; --brand-ink: ${dark.brandInk ?? '#151515'}; --danger: #fbbea8; --danger-ground: #4c1405; --good: #afdc8f; } }
${RULES}`
}

const RULES = `* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; max-width: 30rem; margin: 0 auto; padding: 2rem 1.5rem .75rem; }
.product { display: flex; gap: .625rem; align-items: center; margin: 0; font-size: 1.125rem; font-weight: 600; overflow-wrap: anywhere; }
.product img, .product svg { max-height: 2.5rem; max-width: 10rem; flex: none; }
.bow, .hand { fill: none; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
.bow { stroke: var(--brand); }
.body { fill: var(--brand); }
.hand { stroke: var(--brand-ink); stroke-width: 2.2; }
header ul { display: flex; gap: 1rem; margin: 0; padding: 0; list-style: none; }
[aria-current] { font-weight: 600; }
main { max-width: 30rem; margin: 0 auto 2rem; padding: 1.75rem 1.75rem 1.5rem; background: var(--paper); border-radius: 1rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.3; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
a { color: var(--brand); }
form { display: grid; gap: 1.25rem; }
form + form { margin-top: .75rem; }
label { font-weight: 600; }
input { display: block; width: 100%; min-height: 2.75rem; margin-top: .25rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .375rem; background: var(--paper); color: var(--ink); font: inherit; }
input[type="hidden"] { display: none; }
.help { margin: .375rem 0 0; color: var(--soft); font-size: .875rem; }
button, .button { display: inline-block; width: 100%; min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--brand); border-radius: 999px; background: var(--brand); color: var(--brand-ink); font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
button.secondary, .button.secondary { background: transparent; color: var(--brand); }
button[disabled] { opacity: .6; cursor: progress; }
.actions { display: grid; gap: .75rem; margin: 1.5rem 0 0; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
.failure { padding: .75rem 1rem; border-inline-start: 4px solid var(--danger); border-radius: .25rem; background: var(--danger-ground); color: var(--ink); }
.done { padding: .75rem 1rem; border-inline-start: 4px solid var(--good); font-weight: 600; }
.who { color: var(--soft); font-size: .875rem; }
.links { margin: 1.25rem 0 0; }
.links + .links { margin-top: .5rem; }
.kinds { margin: 1.5rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--rail); font-size: .875rem; }
.kinds p { margin: 0 0 .25rem; color: var(--soft); }
.kinds ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; list-style: none; }
.kinds a, .kinds span, header li a, header li span { display: inline-block; padding: .25rem 0; }
.pin { margin: 0; padding: 1rem; border-radius: .5rem; background: var(--ground); text-align: center; }
.pin code { font: 600 1.75rem/1.3 "Liberation Mono", Consolas, monospace; letter-spacing: .12em; user-select: all; }
.wait { margin: 0 0 1rem; }
.wait p { margin: 0 0 .5rem; }
.rail { display: block; height: .5rem; border-radius: 999px; background: var(--rail); overflow: hidden; }
.rail span { display: block; width: 100%; height: 100%; border-radius: 999px; background: var(--brand); transform-origin: left; animation: fill 60s linear both; }
.over { visibility: hidden; color: var(--good); font-size: .875rem; animation: appear 0s 60s forwards; }
.wait.s30 .rail span { animation-duration: 30s; }
.wait.s30 .over { animation-delay: 30s; }
.wait.s120 .rail span { animation-duration: 120s; }
.wait.s120 .over { animation-delay: 120s; }
@keyframes fill { from { transform: scaleX(0); } to { transform: scaleX(1); } }
@keyframes appear { to { visibility: visible; } }
@media (prefers-reduced-motion: reduce) { .rail span { animation-timing-function: steps(6, end); } }
@media (max-width: 32rem) { main { border-radius: 0; padding: 1.25rem 1rem; } header { padding: 1rem; } }
`
