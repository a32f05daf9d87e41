import { PAGE_STYLE } from '../pages/page-look.ts'

/** The one style sheet of the log-on pages: that of every page, and forms. */
export const LOG_ON_STYLE = `${PAGE_STYLE}nav ul { display: flex; gap: 1rem; margin: 0; padding: 0; list-style: none; }
nav [aria-current] { font-weight: 600; }
form { display: grid; gap: 1.25rem; }
label, legend { font-weight: 600; }
input[type="text"], input[type="password"] { display: block; width: 100%; min-height: 2.75rem; margin-top: .25rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .375rem; background: var(--paper); color: var(--ink); font: inherit; }
fieldset { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; border: 0; }
fieldset label { display: flex; gap: .5rem; align-items: center; min-height: 2rem; font-weight: 400; }
input[type="radio"] { width: 1.125rem; height: 1.125rem; accent-color: var(--brand); }
button { min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--brand); border-radius: 999px; background: var(--brand); color: var(--brand-ink); font: inherit; font-weight: 600; cursor: pointer; }
button.secondary { background: transparent; color: var(--brand); }
.failure { padding: .75rem 1rem; border-inline-start: 4px solid var(--danger); border-radius: .25rem; background: var(--danger-ground); color: var(--ink); }
.links { margin: 1.25rem 0 0; }
.pin code { font-size: 1.75rem; letter-spacing: .12em; user-select: all; }
`
