import type { TokenKind, TokenSummary } from '@driftlock/contracts'
import { ownField, RadioField, SecretField, TextField } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'

export interface DistributionChoices {
  readonly method: 'sdtid' | 'ctf' | 'otpauth'
  readonly password: string
  readonly deviceId: string
  readonly nickname: string
}

const methodsOf = (kind: TokenKind) => (kind === 'securid' ? (['sdtid', 'ctf'] as const) : (['otpauth'] as const))

/** What fits the kind of token: a SecurID-format file or string, or an otpauth address with its QR picture. */
export function firstDistribution({ kind, nickname }: { kind: TokenKind; nickname?: string }): DistributionChoices {
  return { method: methodsOf(kind)[0], password: '', deviceId: '', nickname: nickname ?? '' }
}

interface DistributionFieldsProps {
  token: Pick<TokenSummary, 'kind'>
  choices: DistributionChoices
  onChoose: (some: Partial<DistributionChoices>) => void
}

/** How copies of a software token are made. */
export function DistributionFields({ token, choices, onChoose }: DistributionFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <RadioField
        field={{ name: 'method', value: choices.method, onChange: (method) => onChoose({ method }) }}
        label={t('distribution.method')}
        choices={methodsOf(token.kind).map((value) => ({
          value,
          label: t(`distribution.methods.${value}`),
          description: t(`distribution.meanings.${value}`),
        }))}
      />
      {choices.method !== 'otpauth' && <CopyFields choices={choices} onChoose={onChoose} />}
      <TextField
        field={ownField({
          name: 'nickname',
          value: choices.nickname,
          onChange: (nickname: string) => onChoose({ nickname }),
          maxLength: 64,
        })}
        label={t('tokens.nickname')}
      />
    </>
  )
}

/** What a SecurID-format copy can be tied to. */
function CopyFields({ choices, onChoose }: Omit<DistributionFieldsProps, 'token'>) {
  const { t } = useTranslation()
  return (
    <>
      <SecretField
        field={ownField({
          name: 'password',
          value: choices.password,
          onChange: (password) => onChoose({ password }),
          maxLength: 256,
        })}
        label={t('distribution.password')}
        help={t('distribution.passwordHelp')}
        autoComplete="new-password"
      />
      <TextField
        field={ownField({
          name: 'deviceId',
          value: choices.deviceId,
          onChange: (deviceId: string) => onChoose({ deviceId }),
          maxLength: 128,
        })}
        label={t('distribution.deviceId')}
        help={t('distribution.deviceIdHelp')}
      />
    </>
  )
}
