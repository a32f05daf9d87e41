import { sessionEndpoints } from '@driftlock/contracts'
import {
  PageFrame,
  ProblemAlert,
  SecretField,
  useApiAction,
  useContractForm,
  useToast,
  useUnsavedChangesGuard,
} from '@driftlock/ui-kit'
import { ActionGroup, Button, Card, CardBody, CardTitle, Form, List, ListItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useAct } from '../acts/use-act.ts'
import { useSession } from './session-context.ts'

const schema = z.object({ password: z.string().min(1).max(256), newPassword: z.string().min(1).max(256) })

/** One's own account: password, roles, sessions. */
export function MyAccountPage() {
  const { t } = useTranslation()
  const { user, assignments, instance, version } = useSession()
  const act = useAct()
  const endAll = async () => {
    await act(sessionEndpoints.revokeAllSessions, {})
    location.assign('/console/log-on')
  }
  return (
    <PageFrame title={t('account.title')} lead={`${user.displayName} · ${user.username}`}>
      <div className="driftlock-gap">
        <PasswordCard />
        <Card isCompact>
          <CardTitle component="h2">{t('account.roles')}</CardTitle>
          <CardBody className="driftlock-gap">
            <List>
              {assignments.map((one) => (
                <ListItem key={one.id}>{`${one.roleName}: ${one.scope.path}`}</ListItem>
              ))}
            </List>
            <p>{t('account.instance', { instance, version })}</p>
            <div>
              <Button variant="secondary" onClick={() => void endAll()}>
                {t('account.endAll')}
              </Button>
            </div>
          </CardBody>
        </Card>
      </div>
    </PageFrame>
  )
}

function PasswordCard() {
  const { t } = useTranslation()
  const notify = useToast()
  const form = useContractForm(schema, { password: '', newPassword: '' })
  useUnsavedChangesGuard(form.changed)
  const change = useApiAction(sessionEndpoints.changePassword, {
    invalidates: ['/api/v1/session'],
    onDone: () => {
      form.reset({ password: '', newPassword: '' })
      notify({ title: t('account.changed') })
    },
  })
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('account.password')}</CardTitle>
      <CardBody>
        <Form
          isWidthLimited
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            const body = form.check()
            if (body) change.mutate({ body })
          }}
        >
          <ProblemAlert error={change.error} />
          <SecretField field={form.field('password')} label={t('account.current')} autoComplete="current-password" />
          <SecretField field={form.field('newPassword')} label={t('account.new')} autoComplete="new-password" />
          <ActionGroup>
            <Button type="submit" isLoading={change.isPending}>
              {t('account.change')}
            </Button>
          </ActionGroup>
        </Form>
      </CardBody>
    </Card>
  )
}
