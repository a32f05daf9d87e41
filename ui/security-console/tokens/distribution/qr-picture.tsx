import { encode } from 'uqr'

interface QrPictureProps {
  text: string
  label: string
}

const moduleSize = 4
const border = 4

/** A QR code as an SVG path: no image file, nothing that the page's policy would have to allow. */
export function QrPicture({ text, label }: QrPictureProps) {
  const { data, size } = encode(text, { border: 0 })
  const side = (size + 2 * border) * moduleSize
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + border} ${y + border}h1v1h-1z` : '')))
    .join('')
  return (
    <svg
      role="img"
      aria-label={label}
      width={side}
      height={side}
      viewBox={`0 0 ${size + 2 * border} ${size + 2 * border}`}
      shapeRendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
