import type { Command } from 'commander'
import { withDataFolder } from './command-shell.ts'
import { defineTokenChanges } from './token-changes.ts'
import { defineTokenDistribution } from './token-distribution.ts'
import { defineTokenEmergency } from './token-emergency.ts'
import { defineTokenExplain } from './token-explain.ts'
import { defineTokenImport } from './token-import.ts'
import { defineTokenList } from './token-list.ts'
import { defineTokenPin } from './token-pin.ts'
import { defineTokenResync } from './token-resync.ts'

/** `driftlock token`: what users log on with, from import to deletion. */
export function define(command: Command): void {
  const token = withDataFolder(command)
  defineTokenImport(token)
  defineTokenList(token)
  defineTokenChanges(token)
  defineTokenResync(token)
  defineTokenPin(token)
  defineTokenEmergency(token)
  defineTokenDistribution(token)
  defineTokenExplain(token)
}
