import { type RadiusClient, radiusClientEndpoints } from '@driftlock/contracts'
import type { RowAction } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../lists/list-page.tsx'
import { useList } from '../lists/use-list.ts'
import { useShown } from '../lists/use-shown.ts'
import { useMay } from '../session/session-context.ts'
import { RadiusClientDialog } from './radius-client-dialog.tsx'
import { RadiusDetailsDialog } from './radius-details-dialog.tsx'
import { RadiusProfileDialog } from './radius-profile-dialog.tsx'
import { RadiusTestDialog } from './radius-test-dialog.tsx'
import { UnknownRadiusClients } from './unknown-radius-clients.tsx'
import { useRadiusActivity } from './use-radius-activity.ts'
import { useRadiusClientColumns } from './use-radius-client-columns.tsx'
import { useRemoveRadiusClient } from './use-remove-radius-client.ts'

/** What is open over the list; a client is absent where a new one is made. */
type Open = { readonly dialog: 'edit' | 'profile' | 'test'; readonly client?: RadiusClient }

/** RADIUS > Clients, with a test button each. */
export function RadiusClientsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const list = useList(radiusClientEndpoints.listRadiusClients, { fields: ['text'] })
  const shown = useShown()
  const [open, setOpen] = useState<Open>()
  const activity = useRadiusActivity()
  const close = () => setOpen(undefined)
  const onTest = (client: RadiusClient) => setOpen({ dialog: 'test', client })
  return (
    <ListPage<RadiusClient>
      title={t('menu.radiusClients')}
      actions={
        may('create-radius-client') && <Button onClick={() => setOpen({ dialog: 'edit' })}>{t('radius.create')}</Button>
      }
      name="radius-clients"
      list={list}
      searchBy={{ text: t('radius.searchText') }}
      columns={useRadiusClientColumns({ activity, shown, onTest })}
      nameOf={(client) => client.name}
      rowActions={useRowActions(setOpen, shown.show)}
      nothingYet={{ title: t('radius.none'), body: t('radius.noneBody') }}
    >
      {open && <OpenDialog {...open} onClose={close} />}
      {shown.id !== undefined && (
        <RadiusDetailsDialog clientId={shown.id} activity={activity.of(shown.id)} onClose={shown.close} />
      )}
      <UnknownRadiusClients activity={activity} />
    </ListPage>
  )
}

function useRowActions(
  open: (what: Open) => void,
  show: (id: string) => void,
): () => readonly RowAction<RadiusClient>[] {
  const { t } = useTranslation()
  const may = useMay()
  const remove = useRemoveRadiusClient()
  const details = { title: t('radius.details'), onChoose: ({ id }: RadiusClient) => show(id) }
  const changes: readonly RowAction<RadiusClient>[] = [
    { title: t('radius.edit'), onChoose: (client) => open({ dialog: 'edit', client }) },
    { title: t('radius.profile'), onChoose: (client) => open({ dialog: 'profile', client }) },
  ]
  const removal = { title: t('radius.delete'), isDanger: true, onChoose: (one: RadiusClient) => void remove(one) }
  return () => [
    details,
    ...(may('update-radius-client') ? changes : []),
    ...(may('delete-radius-client') ? [removal] : []),
  ]
}

function OpenDialog({ dialog, client, onClose }: Open & { onClose: () => void }) {
  if (dialog === 'test' && client) return <RadiusTestDialog client={client} onClose={onClose} />
  if (dialog === 'profile' && client) return <RadiusProfileDialog client={client} onClose={onClose} />
  return <RadiusClientDialog {...(client && { client })} onClose={onClose} />
}
