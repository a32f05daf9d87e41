import { type Html, html } from '@driftlock/http'
import { encode } from 'uqr'

/** A QR code as a drawing in the page: black on white in every theme, because cameras want it so. */
export function qrCode(content: string, label: string): Html {
  const { data, size } = encode(content, { ecc: 'M', border: 2 })
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return html`<p><svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${squares.join('')}"/></svg></p>`
}
