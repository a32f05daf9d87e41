import type { Command } from 'commander'
import { type Finding, folderFindings } from '../doctor/folder-findings.ts'
import { clockDoubtFindings, clockFindings } from '../doctor/clock-findings.ts'
import { databaseFindings } from '../doctor/database-findings.ts'
import { diskFindings } from '../doctor/disk-findings.ts'
import { environmentFindings } from '../doctor/environment-findings.ts'
import { haFindings } from '../doctor/ha-findings.ts'
import { keyFindings } from '../doctor/key-findings.ts'
import { radiusFindings } from '../doctor/radius-findings.ts'
import { dataFolderAt } from '../instance/data-folder.ts'
import type { Instance } from '../instance/open-instance.ts'
import { exitCodeOf } from '../terminal/exit-code.ts'
import type { View } from '../terminal/view.ts'
import { answering, type Given, openForShell, withDataFolder } from './command-shell.ts'

/** `driftlock doctor`: what is wrong with this deployment, and what to do about each thing. */
export function define(command: Command): void {
  withDataFolder(command)
    .addHelpText(
      'after',
      '\nChecks the clock, the disk, permissions, the environment, the database, the key ring, RADIUS\nclients and the connection to the cloud. Changes nothing but one audit\nrecord’s worth of room on the disk. Ends with 0 when nothing is wrong, with 1 when something must be done.\n\nExample:\n  $ driftlock doctor --json',
    )
    .action(answering(examine))
}

async function examine({ options }: Given<object>): Promise<View> {
  const folder = dataFolderAt(options.data)
  const findings: Finding[] = [
    ...(await folderFindings(folder)),
    ...(await diskFindings(folder.path)),
    ...(await clockFindings()),
    ...environmentFindings(process.env),
  ]
  let instance: Instance | undefined
  try {
    instance = await openForShell(options)
    findings.push(
      ...(await databaseFindings(instance)),
      ...(await clockDoubtFindings(instance)),
      ...(await keyFindings(instance)),
      ...(await radiusFindings(instance)),
      ...(await haFindings(instance)),
    )
  } catch (error) {
    const isKey = exitCodeOf(error) === 'keys-unavailable'
    findings.push({
      check: isKey ? 'key ring' : 'database',
      level: 'fault',
      text: error instanceof Error ? error.message : String(error),
      advice: '',
    })
  } finally {
    await instance?.close()
  }
  return viewOf(findings)
}

const MARKS = { good: 'ok  ', note: 'note', fault: 'BAD ' } as const

function viewOf(findings: readonly Finding[]): View {
  const faults = findings.filter(({ level }) => level === 'fault').length
  const lines = findings.flatMap(({ check, level, text, advice }) => [
    `${MARKS[level]}  ${check.padEnd(12)} ${text}`,
    ...(advice === '' ? [] : [`      ${''.padEnd(12)} → ${advice}`]),
  ])
  const sum = faults === 0 ? 'Nothing is wrong.' : `Things to put right: ${faults}.`
  return {
    json: { healthy: faults === 0, findings },
    text: () => [...lines, '', sum].join('\n'),
    exit: faults === 0 ? 'ok' : 'refused',
  }
}
