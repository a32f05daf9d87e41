import type { MyToken } from '@driftlock/contracts'
import { useTranslation } from 'react-i18next'

/** What the token looks like, so that one with several finds the right one. */
export function TokenPicture({ token }: { token: Pick<MyToken, 'formFactor' | 'digits'> }) {
  const { t } = useTranslation()
  const Shape = shapes[token.formFactor]
  return (
    <svg
      className="self-service-picture"
      viewBox="0 0 96 64"
      role="img"
      aria-label={t('tokens.picture', { kind: t(`tokens.kinds.${token.formFactor}`) })}
    >
      <Shape />
      <text
        className={token.digits > 6 ? 'picture-code picture-code-long' : 'picture-code'}
        {...codePlace[token.formFactor]}
        textAnchor="middle"
      >
        {'8'.repeat(token.digits)}
      </text>
    </svg>
  )
}

const codePlace = {
  'key-fob': { x: 42, y: 36 },
  pinpad: { x: 48, y: 20 },
  software: { x: 48, y: 32 },
} as const

const shapes = { 'key-fob': KeyFob, pinpad: PinPad, software: Phone }

function KeyFob() {
  return (
    <>
      <path className="picture-body" d="M14 16h52a16 16 0 0 1 0 32H14a8 8 0 0 1-8-8V24a8 8 0 0 1 8-8Z" />
      <circle className="picture-hole" cx="80" cy="32" r="10" />
      <rect className="picture-display" x="16" y="23" width="52" height="18" rx="3" />
    </>
  )
}

function PinPad() {
  const keys = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
  return (
    <>
      <rect className="picture-body" x="8" y="3" width="80" height="58" rx="7" />
      <rect className="picture-display" x="18" y="8" width="60" height="16" rx="3" />
      {keys.map((key) => (
        <rect
          key={key}
          className="picture-key"
          x={20 + (key % 5) * 11.6}
          y={31 + Math.floor(key / 5) * 13}
          width="9"
          height="9"
          rx="2"
        />
      ))}
    </>
  )
}

function Phone() {
  return (
    <>
      <rect className="picture-body" x="26" y="1" width="44" height="62" rx="7" />
      <rect className="picture-display" x="29" y="8" width="38" height="46" rx="2" />
      <path className="picture-line" d="M42 58.5h12" />
    </>
  )
}
