import { Button } from '@patternfly/react-core'
import { CopyIcon } from '@patternfly/react-icons/dist/esm/icons/copy-icon'
import { DownloadIcon } from '@patternfly/react-icons/dist/esm/icons/download-icon'
import { PrintIcon } from '@patternfly/react-icons/dist/esm/icons/print-icon'
import { useTranslation } from 'react-i18next'
import { useToast } from '../toasts/toast-context.ts'
import { inGroups } from './code-groups.ts'
import { copyText } from './copy-text.ts'
import { saveTextFile } from './save-text-file.ts'

interface CodeListProps {
  /** Names the list: "Emergency tokencodes". */
  label: string
  codes: readonly string[]
  /** The file of Export to File: its name and everything in it. */
  file?: { readonly name: string; readonly text: string }
  /** Called when the codes were copied, printed or saved: the person has them now. */
  onTaken?: () => void
}

/** Codes shown once: in groups, with copy, print and export to a file. */
export function CodeList({ label, codes, file, onTaken }: CodeListProps) {
  return (
    <div className="driftlock-codes">
      <ol className="driftlock-code-list" aria-label={label}>
        {codes.map((code) => (
          <li key={code}>
            <code>
              {inGroups(code).map((group, index) => (
                // Groups of one code never change their place.
                // oxlint-disable-next-line react/no-array-index-key -- two groups of a code can be alike
                <span key={index} className="driftlock-code-group">
                  {group}
                </span>
              ))}
            </code>
          </li>
        ))}
      </ol>
      <CodeActions codes={codes} {...(file && { file })} {...(onTaken && { onTaken })} />
    </div>
  )
}

function CodeActions({ codes, file, onTaken }: Omit<CodeListProps, 'label'>) {
  const { t } = useTranslation('kit')
  const notify = useToast()
  const copy = async () => {
    const copied = await copyText(codes.join('\n'))
    if (copied) onTaken?.()
    notify(copied ? { title: t('codes.copied') } : { title: t('codes.copyFailed'), variant: 'warning' })
  }
  const print = () => {
    globalThis.print()
    onTaken?.()
  }
  return (
    <div className="driftlock-row driftlock-no-print">
      {file && (
        <Button
          icon={<DownloadIcon />}
          onClick={() => {
            saveTextFile(file.name, file.text)
            onTaken?.()
          }}
        >
          {t('codes.exportToFile')}
        </Button>
      )}
      <Button variant="secondary" icon={<CopyIcon />} onClick={() => void copy()}>
        {t('codes.copy')}
      </Button>
      <Button variant="secondary" icon={<PrintIcon />} onClick={print}>
        {t('codes.print')}
      </Button>
    </div>
  )
}
