import type { TokenPackage } from '@driftlock/contracts'
import { copyText, saveFile, useToast } from '@driftlock/ui-kit'
import { Button, Flex, FlexItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { QrPicture } from './qr-picture.tsx'

/** One copy of a token to hand over: its file, its text, its QR picture. */
export function PackageView({ made }: { made: TokenPackage }) {
  const { t } = useTranslation()
  const notify = useToast()
  const { serial } = made.token
  const copy = async () => {
    const copied = await copyText(made.content)
    notify(copied ? { title: t('kit:codes.copied') } : { title: t('kit:codes.copyFailed'), variant: 'warning' })
  }
  return (
    <Flex alignItems={{ default: 'alignItemsCenter' }} role="group" aria-label={t('distribution.package', { serial })}>
      {made.qrText !== null && (
        <FlexItem>
          <QrPicture text={made.qrText} label={t('distribution.qr', { serial })} />
        </FlexItem>
      )}
      <FlexItem>
        <strong>{serial}</strong>
      </FlexItem>
      {made.fileName !== null && (
        <FlexItem>
          <Button onClick={() => saveFile(made.fileName ?? `${serial}.txt`, made.content, made.mediaType)}>
            {t('distribution.saveFile')}
          </Button>
        </FlexItem>
      )}
      <FlexItem>
        <Button variant="secondary" onClick={() => void copy()}>
          {t('distribution.copy')}
        </Button>
      </FlexItem>
    </Flex>
  )
}
