import { type Html, html } from '../markup/html.ts'

/** As much of an OpenAPI 3.1 document as the page shows. */
export interface ApiDescription {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> }
}

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content
  readonly responses?: Readonly<Record<string, Content>>
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: unknown
}

interface Content {
  readonly description?: string
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>
}

interface Listed extends Operation {
  readonly method: string
  readonly path: string
}

export const REFERENCE_STYLE_PATH = '/api/reference.css'

/** The administration API to read through, made from its own description: no script, nothing inline, nothing from elsewhere. */
export function referencePage({ paths = {}, components = {} }: ApiDescription): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]): Listed => ({ method: method.toUpperCase(), path, ...operation }),
    ),
  )
  const groups = [...Map.groupBy(operations, ({ tags = [] }) => tags[0] ?? 'other')]
  const schemas = Object.entries(components.schemas ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Driftlock administration API</title>
<link rel="stylesheet" href="${REFERENCE_STYLE_PATH}">
</head>
<body>
<header>
<h1>Driftlock administration API</h1>
<p>${operations.length} operations. The same for programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). Programs send
an API key as <code>Authorization: Bearer …</code>; refusals are <code>application/problem+json</code> with a lasting
<code>code</code>.</p>
<nav aria-label="Groups"><ul>${groups.map(([tag, members]) => html`<li><a href="#${tag}">${tag}</a> (${members.length})</li>`)}
<li><a href="#schemas">schemas</a> (${schemas.length})</li></ul></nav>
</header>
<main>
${groups.map(([tag, members]) => html`<section id="${tag}"><h2>${tag}</h2>${members.map(operationPart)}</section>`)}
<section id="schemas"><h2>schemas</h2>
${schemas.map(
  ([name, schema]) =>
    html`<details id="schema-${name}"><summary><code>${name}</code></summary>${schemaPart(schema)}</details>`,
)}
</section>
</main>
</body>
</html>`.text
}

function operationPart({ method, path, summary = '', parameters = [], requestBody, responses = {} }: Listed): Html {
  return html`<details><summary><code class="method">${method}</code> <code>${path}</code> ${summary}</summary>
${parameters.length === 0 ? undefined : parametersPart(parameters)}
${requestBody === undefined ? undefined : html`<h3>Body</h3>${contentPart(requestBody)}`}
${Object.entries(responses).map(
  ([status, response]) =>
    html`<h3>${status === 'default' ? 'Otherwise' : `Answer ${status}`}</h3><p>${response.description ?? ''}</p>${contentPart(response)}`,
)}
</details>`
}

function parametersPart(parameters: readonly Parameter[]): Html {
  return html`<table><thead><tr><th scope="col">Parameter</th><th scope="col">In</th><th scope="col">Shape</th></tr></thead>
<tbody>${parameters.map(
    ({ name, in: place, required, schema }) =>
      html`<tr><td><code>${name}</code>${required === true ? ' (required)' : ''}</td><td>${place}</td><td>${schemaPart(schema)}</td></tr>`,
  )}</tbody></table>`
}

function contentPart({ content = {} }: Content): readonly Html[] {
  return Object.entries(content).map(([type, { schema }]) => html`<p><code>${type}</code></p>${schemaPart(schema)}`)
}

/** The schema as it stands in the description, with links where it refers to another. */
function schemaPart(schema: unknown): Html {
  const pieces = JSON.stringify(schema ?? {}, null, 2).split(/"#\/components\/schemas\/(\w+)"/)
  return html`<pre tabindex="0">${pieces.map((piece, place) => (place % 2 === 0 ? html`${piece}` : html`<a href="#schema-${piece}">${piece}</a>`))}</pre>`
}

export const REFERENCE_STYLE = `
:root { color-scheme: light dark; background: Canvas; color: CanvasText; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 0 auto; padding: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
a { color: LinkText; }
details { border: 1px solid GrayText; border-radius: .25rem; margin: .5rem 0; padding: .25rem .75rem; }
summary { cursor: pointer; overflow-wrap: anywhere; padding: .25rem 0; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 700; }
pre { overflow: auto; max-height: 24rem; border: 1px solid GrayText; padding: .5rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; overflow-wrap: anywhere; }
th, td { text-align: start; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid GrayText; }
h3 { margin-bottom: 0; font-size: 1rem; }
`
