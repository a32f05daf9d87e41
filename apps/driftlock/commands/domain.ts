import {
  createSecurityDomain,
  deleteSecurityDomain,
  listSecurityDomains,
  type SecurityDomain,
  updateSecurityDomain,
} from '@driftlock/application'
import type { Command } from 'commander'
import { confirmed } from '../terminal/ask.ts'
import { doneView, listView } from '../terminal/view.ts'
import { administering, argument, withDataFolder } from './command-shell.ts'
import { pathOf, securityDomainNamed } from './security-domains.ts'

/** `driftlock domain`: the tree that users, tokens, policies and administrators' rights hang on. */
export function define(command: Command): void {
  const domain = withDataFolder(command)
  defineList(domain)
  defineCreate(domain)
  defineChange(domain)
}

function domainJson({ id, name, parentId, notes }: SecurityDomain, all: readonly SecurityDomain[]) {
  return { id, name, parentId, path: pathOf({ id, name, parentId, notes, version: 0 }, all), notes }
}

function defineList(domain: Command): void {
  domain
    .command('list')
    .description('the tree of security domains')
    .action(
      administering(async ({ ports, context }) => {
        const all = await listSecurityDomains(ports, context)
        const ordered = all.toSorted((one, other) => sortKey(one, all).localeCompare(sortKey(other, all)))
        return listView({
          items: ordered.map((one) => domainJson(one, all)),
          rows: ordered.map((one) => ({
            name: `${'  '.repeat(depthOf(one, all))}${one.name}`,
            id: one.id,
            notes: one.notes,
          })),
          empty: 'There are no security domains.',
        })
      }),
    )
}

function sortKey(domain: SecurityDomain, all: readonly SecurityDomain[]): string {
  return domain.parentId === null ? '' : pathOf(domain, all)
}

function depthOf(domain: SecurityDomain, all: readonly SecurityDomain[]): number {
  return domain.parentId === null ? 0 : pathOf(domain, all).split('/').length
}

function defineCreate(domain: Command): void {
  domain
    .command('create')
    .description('create a security domain')
    .argument('<name>')
    .option('--under <name>', 'its parent: id, name or path; absent = the root')
    .option('--notes <text>')
    .addHelpText('after', '\nExample:\n  $ driftlock domain create Berlin --under Sales')
    .action(
      administering<{ under?: string; notes?: string }>(async ({ ports, context }, given) => {
        const { under, notes } = given.options
        const parent = await securityDomainNamed(ports.administration.read, under)
        const name = argument(given)
        const made = await createSecurityDomain(ports, context, {
          name,
          parentId: parent.id,
          ...(notes !== undefined && { notes }),
        })
        return doneView(made, `Created security domain ${name} under ${parent.name}.`)
      }),
    )
}

function defineChange(domain: Command): void {
  domain
    .command('update')
    .description('rename or move a security domain; what is below it moves along')
    .argument('<domain>', 'id, name or path')
    .option('--name <name>')
    .option('--under <name>', 'another parent: its policies are inherited from then on')
    .option('--notes <text>')
    .action(
      administering<{ name?: string; under?: string; notes?: string }>(async ({ ports, context }, given) => {
        const { name, under, notes } = given.options
        const { read } = ports.administration
        const { id } = await securityDomainNamed(read, argument(given))
        const changed = await updateSecurityDomain(ports, context, {
          securityDomainId: id,
          ...(name !== undefined && { name }),
          ...(under !== undefined && { parentId: (await securityDomainNamed(read, under)).id }),
          ...(notes !== undefined && { notes }),
        })
        return doneView(changed, `Changed security domain ${changed.name}.`)
      }),
    )
  domain
    .command('delete')
    .description('delete a security domain that is empty')
    .argument('<domain>', 'id, name or path')
    .option('-y, --yes', 'do not ask')
    .action(
      administering<{ yes?: true }>(async ({ ports, context }, given) => {
        const { id, name } = await securityDomainNamed(ports.administration.read, argument(given))
        await confirmed(given.terminal, `Delete security domain ${name}?`, given.options.yes)
        await deleteSecurityDomain(ports, context, { securityDomainId: id })
        return doneView({ id, deleted: true }, `Deleted security domain ${name}.`)
      }),
    )
}
