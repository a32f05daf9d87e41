import { FormGroup, FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldFaultText } from './field-fault.ts'

interface FieldFrameProps {
  id: string
  label: string
  required?: boolean
  help?: ReactNode
  fault?: FieldFaultText | undefined
  /** A fault in words of the page's own. */
  faultText?: string | undefined
  /** Set for a group of radio buttons or boxes. */
  role?: 'radiogroup' | 'group'
  children: ReactNode
}

/** Id of a field's help and fault texts, for aria-describedby. */
export const describedBy = (id: string) => `${id}-help`

/** A label, a field, its help and what is wrong with it, tied together for screen readers. */
export function FieldFrame(props: FieldFrameProps) {
  const { id, label, required = false, help, fault, role, children } = props
  const { t } = useTranslation('kit')
  const faultText = props.faultText ?? (fault && t(`forms.faults.${fault.key}`, { ...fault.values }))
  return (
    <FormGroup label={label} fieldId={id} isRequired={required} {...(role && { role, isStack: true })}>
      {children}
      <FormHelperText>
        <HelperText id={describedBy(id)} isLiveRegion>
          {faultText !== undefined && <HelperTextItem variant="error">{faultText}</HelperTextItem>}
          {help !== undefined && <HelperTextItem>{help}</HelperTextItem>}
        </HelperText>
      </FormHelperText>
    </FormGroup>
  )
}
