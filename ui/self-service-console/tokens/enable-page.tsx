import { type MyToken, selfServiceEndpoints } from '@driftlock/contracts'
import {
  LinkButton,
  PageFrame,
  ProblemAlert,
  TextField,
  useApiAction,
  useContractForm,
  useToast,
} from '@driftlock/ui-kit'
import { ActionGroup, Button, Form } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { TokenPage } from './token-page.tsx'
import { afterTokenActs } from './use-my-tokens.ts'

/** Enable a token that was received, with its tokencode or the code that came with it. */
export function EnablePage() {
  return <TokenPage>{(token) => <EnableToken token={token} />}</TokenPage>
}

function EnableToken({ token }: { token: MyToken }) {
  const { t } = useTranslation()
  const notify = useToast()
  const navigate = useNavigate()
  const { serial } = token
  const form = useContractForm(selfServiceEndpoints.enableMyToken.body, { enableCode: '' })
  const enable = useApiAction(selfServiceEndpoints.enableMyToken, {
    invalidates: afterTokenActs,
    onDone: async () => {
      notify({ title: t('enable.done', { serial }) })
      await navigate('/')
    },
  })
  return (
    <PageFrame title={t('enable.title')} lead={t('enable.lead', { serial })}>
      <Form
        className="self-service-narrow"
        onSubmit={(event) => {
          event.preventDefault()
          const body = form.check()
          if (body)
            enable.mutate({
              params: { tokenId: token.id },
              body: { enableCode: body.enableCode.replaceAll(/\s/g, '') },
            })
        }}
      >
        <ProblemAlert error={enable.error} />
        <TextField
          field={form.field('enableCode')}
          label={t('enable.code')}
          help={t('enable.codeHelp')}
          autoComplete="one-time-code"
        />
        <ActionGroup>
          <Button type="submit" isLoading={enable.isPending} isDisabled={enable.isPending}>
            {t('tokens.enable')}
          </Button>
          <LinkButton to="/" variant="link">
            {t('actions.cancel')}
          </LinkButton>
        </ActionGroup>
      </Form>
    </PageFrame>
  )
}
