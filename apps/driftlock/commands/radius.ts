import type { Command } from 'commander'
import { withDataFolder, withJson } from './command-shell.ts'
import { defineRadiusActivity } from './radius-activity.ts'
import { defineRadiusClient } from './radius-client.ts'
import { defineRadiusTest } from './radius-test.ts'

/** `driftlock radius`: who may ask over RADIUS, and a client of our own to try it. */
export function define(command: Command): void {
  defineRadiusClient(
    withDataFolder(command.command('client').description('VPNs, hosts and proxies that ask over RADIUS')),
  )
  defineRadiusActivity(
    withDataFolder(
      command.command('activity').description('what clients sent and were answered, and which addresses are no client'),
    ),
  )
  defineRadiusTest(withJson(command.command('test').description('go through a log-on over RADIUS as a VPN would')))
}
