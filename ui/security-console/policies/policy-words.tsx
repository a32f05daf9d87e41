import { useLanguage } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { lengthInWords } from '../tokens/clock-words.ts'
import { isGroup, policyChoices, type PolicyValue } from './policy-value.ts'

/** A value of a policy in words. */
export function PolicyWords({ name, value }: { name: string; value: PolicyValue }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (isGroup(value)) {
    return (
      <ul className="driftlock-sentences">
        {Object.entries(value).map(([inner, one]) => (
          <li key={inner}>
            {t(`policies.fields.${inner}`)}: <PolicyWords name={inner} value={one} />
          </li>
        ))}
      </ul>
    )
  }
  if (value === null) return <>{t('policies.unlimited')}</>
  if (typeof value === 'boolean') return <>{t(`search.${value ? 'true' : 'false'}`)}</>
  if (typeof value === 'number') {
    return <>{name.endsWith('Seconds') ? lengthInWords(value * 1000, language) : value}</>
  }
  if (typeof value === 'string') return <>{policyChoices[name] ? t(`policies.choices.${value}`) : value}</>
  return <>{t('policies.words', { count: value.length })}</>
}
