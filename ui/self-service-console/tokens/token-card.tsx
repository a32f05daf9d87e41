import type { MyToken } from '@driftlock/contracts'
import { useTranslation } from 'react-i18next'
import { CodesLeft } from '../emergency/codes-left.tsx'
import { TokenCondition } from './token-condition.tsx'
import { TokenFacts } from './token-facts.tsx'
import { TokenPicture } from './token-picture.tsx'
import { TokenWays } from './token-ways.tsx'
import { tokenName } from './use-my-tokens.ts'

/** One token: what it is, how it is, and what can be done with it. */
export function TokenCard({ token }: { token: MyToken }) {
  const { t } = useTranslation()
  const { digits, intervalSeconds, kind, formFactor, nickname, serial } = token
  const shows =
    kind === 'hotp' ? t('tokens.showsOnPress', { digits }) : t('tokens.shows', { digits, seconds: intervalSeconds })
  return (
    <article className="self-service-card" aria-label={t('tokens.name', { serial })}>
      <div className="self-service-card-head">
        <TokenPicture token={token} />
        <div>
          <h2>{tokenName(token)}</h2>
          {nickname !== '' && <p>{t('tokens.name', { serial })}</p>}
          <p className="self-service-soft">
            {t(`tokens.kinds.${formFactor}`)} · {shows}
          </p>
        </div>
      </div>
      <div>
        <TokenCondition condition={token.condition} />
        <p className="self-service-condition">{t(`conditionHelp.${token.condition}`)}</p>
        <CodesLeft token={token} />
        <TokenFacts token={token} />
      </div>
      <TokenWays token={token} />
    </article>
  )
}
