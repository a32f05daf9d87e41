import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Html, html } from './html.ts'

describe('the HTML template', () => {
  it('never lets a value open a tag or leave an attribute', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(html`<p title="${value}">`.text.slice('<p title="'.length, -'">'.length)).not.toMatch(/[<>"']/)
      }),
    )
  })

  it('puts in what is HTML already as it is, lists one after the other, and nothing for undefined', () => {
    expect(html`${new Html('<b>')}${[html`1`, html`2`]}${undefined}${3}`.text).toBe('<b>123')
  })
})
