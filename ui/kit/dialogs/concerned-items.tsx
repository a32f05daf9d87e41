import { List, ListItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

const namesShown = 10

/** How many things an act concerns, and the names of the first ones. */
export function ConcernedItems({ items }: { items: readonly string[] }) {
  const { t } = useTranslation('kit')
  const more = items.length - namesShown
  return (
    <div className="driftlock-concerned">
      <p>{t('dialogs.affects', { count: items.length })}</p>
      <List>
        {items.slice(0, namesShown).map((item) => (
          <ListItem key={item}>{item}</ListItem>
        ))}
        {more > 0 && <ListItem>{t('dialogs.andMore', { count: more })}</ListItem>}
      </List>
    </div>
  )
}
