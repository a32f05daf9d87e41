import { clockWords, MS_PER_SECOND } from '@driftlock/domain'
import type { DemoFacts, DemoUser } from './demo-report.ts'

/** The style sheet of the demo's first page. */
export const HOME_STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d2d2d2, #4d4d4d); --soft: light-dark(#f2f2f2, #1f1f1f); --link: light-dark(#0058c2, #92c5f9) }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; font: 1rem/1.55 system-ui, sans-serif }
h1 { font-size: 1.8rem; margin: 0 }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem }
a { color: var(--link) }
nav { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: .8rem; margin-top: 1.2rem }
nav a { display: block; padding: .9rem 1rem; border: 1px solid var(--line); border-radius: .6rem; text-decoration: none; background: var(--soft) }
nav strong { display: block }
nav span { color: light-dark(#4d4d4d, #c7c7c7); font-size: .9rem }
code { font: .92em ui-monospace, monospace; background: var(--soft); padding: .1em .3em; border-radius: .3em; overflow-wrap: anywhere }
pre { background: var(--soft); padding: .8rem; border-radius: .6rem; overflow-x: auto }
pre code { padding: 0; overflow-wrap: normal }
li { margin: .35rem 0 }
.table { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .92rem }
th, td { text-align: left; padding: .4rem .7rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
`

/** The demo's first page: where everything is, what to try, who is there. Plain HTML that works without script. */
export function homePage(facts: DemoFacts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Driftlock demo</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/demo.css">
</head>
<body>
<header><h1>Driftlock demo</h1>
<p>A whole authentication manager on a throw-away folder. Everything here is gone when it stops.</p></header>
<main>
${parts(facts)}
<h2>Things to try</h2>
<ol>
${thingsToTry(facts)
  .map((thing) => `<li>${thing}</li>`)
  .join('\n')}
</ol>
${waysIn(facts)}
${whoIsHere(facts)}
</main>
</body>
</html>
`
}

function parts({ report: { urls } }: DemoFacts): string {
  return `<nav aria-label="Parts of the demo">
${card(urls.virtualTokens, 'Virtual tokens', 'The tokens of everybody here, with a slider for their clocks')}
${card(urls.securityConsole, 'Security Console', 'Administrators and the help desk')}
${card(urls.selfService, 'Self-Service Console', 'What users do by themselves')}
${card(urls.api, 'Administration API', 'Every route, to read and to try')}
</nav>`
}

function waysIn({ report: { urls, radius, agent, administrators } }: DemoFacts): string {
  const names = administrators.map(({ username }) => `<code>${text(username)}</code>`).join(', ')
  const tokens = `<a href="${text(urls.virtualTokens)}">virtual tokens</a>`
  return `<h2>How to get in</h2>
<ul>
<li>Everybody’s password is <code>${text(administrators[0]?.password ?? '')}</code>; PINs and codes are on the page of ${tokens}.</li>
<li>Administrators: ${names}.</li>
<li>Agent API: <code>${text(urls.agentApi)}</code>, client id <code>${text(agent.clientId)}</code>, client key <code>${text(agent.clientKey)}</code>.</li>
<li>RADIUS: <code>${text(radius.host)}:${radius.port}</code> (UDP), shared secret <code>${text(radius.secret)}</code>.</li>
</ul>`
}

const COLUMNS = ['User ID', 'Name', 'Security domain', 'Role', 'State', 'Tokens']

function whoIsHere({ people, report: { users } }: DemoFacts): string {
  const rows = people.map((person) =>
    row(
      person,
      users.find(({ username }) => username === person.username),
    ),
  )
  return `<h2>Who is here</h2>
<div class="table" role="region" aria-label="Who is here" tabindex="0"><table>
<thead><tr>${COLUMNS.map((column) => `<th scope="col">${column}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`
}

function card(url: string, title: string, about: string): string {
  return `<a href="${text(url)}"><strong>${title}</strong><span>${about}</span></a>`
}

function thingsToTry({ report, emergencyCodes }: DemoFacts): string[] {
  const { radius, urls } = report
  const who = (name: string): string => `<code>${name}</code>`
  const [code = ''] = emergencyCodes['oskar'] ?? []
  return [
    `Log ${who('anna')} in over RADIUS with her PIN and the code on her virtual token:<pre><code>echo 'User-Name=anna,User-Password=PINCODE' | radclient -x ${text(radius.host)}:${radius.port} auth ${text(radius.secret)}</code></pre>Send the same code again: it is refused, whatever way it comes.`,
    `Log ${who('greta')} in: her token is two and a half minutes fast, so the server asks for the next tokencode before it believes her.`,
    `Log ${who('umar')} in with his tokencode alone: he must take a PIN that the system makes, and use it with the next code.`,
    `Log ${who('tamar')} in: three bad codes came before, so one good code is not enough.`,
    `Let ${who('oskar')}, whose token is lost, in with his PIN and an emergency code such as <code>${text(code)}</code>. Each works once.`,
    `Ask the Security Console why ${who('liam')} cannot get in: his token is 14 h 3 min behind. Resynchronise it with two codes in a row.`,
    `Unlock ${who('maja')}; assign ${who('noor')}, whose token has expired, another token.`,
    `On the page of <a href="${text(urls.virtualTokens)}">virtual tokens</a>, move the slider of any token a little further each time and see where the windows end.`,
  ]
}

type Person = DemoFacts['people'][number]

function row({ username, name, domain, role }: Person, user: DemoUser | undefined): string {
  const tokens = (user?.tokens ?? []).map(({ kind, algorithm, style, intervalSeconds, clockOffsetSeconds }) => {
    const every = intervalSeconds === 0 ? 'by counter' : `${intervalSeconds} s`
    const off = clockOffsetSeconds === 0 ? '' : `, ${clockWords(clockOffsetSeconds * MS_PER_SECOND)}`
    return `${kind === 'securid' ? 'SecurID-format' : kind.toUpperCase()} ${algorithm}, ${every}, ${style}${off}`
  })
  const cells = [`<code>${text(username)}</code>`, text(name), domain, role, user?.state ?? '', tokens.join('<br>')]
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
}

function text(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
