import { addMs, appTokenRecord, MS_PER_SECOND, type Step, stepAt, type UnixMs } from '@driftlock/domain'
import type { AppDevice, ConnectedManager } from '../ports/cloud-subjects.ts'
import { cloudEntry } from './cloud-entry.ts'
import type { CloudPorts } from './cloud-ports.ts'
import type { ManagerOrigin } from './connect-manager.ts'

export interface StepReportResult {
  readonly applied: number
  readonly behind: number
  readonly unknown: readonly string[]
}

/**
 * Codes that a manager accepted on its own are used up here as well. A step can only rise, and not past what the app can
 * show by now: a manager gone wrong cannot put an app out of use for good.
 */
export async function reportSteps(
  ports: CloudPorts,
  origin: ManagerOrigin,
  { manager, steps }: { manager: ConnectedManager; steps: readonly { serial: string; step: Step }[] },
): Promise<StepReportResult> {
  const { companyId } = manager
  const highest = new Map<string, Step>()
  for (const { serial, step } of steps) if (step > (highest.get(serial) ?? -1n)) highest.set(serial, step)
  return ports.cloud.transaction(async (tx) => {
    const changeTime = await tx.changeTime(companyId)
    const apps = new Map((await tx.devicesBySerial(companyId, [...highest.keys()])).map((app) => [app.serial, app]))
    const now = ports.clock.now()
    const good = [...highest].filter(([serial, step]) => canShow(apps.get(serial), step, now))
    const unknown = [...highest.keys()].filter((serial) => !good.some(([one]) => one === serial))
    const raises = good.flatMap(([serial, step]) => {
      const app = apps.get(serial)
      return app !== undefined && app.highWaterStep < step ? [{ deviceId: app.id, step }] : []
    })
    const applied = (await tx.raiseSteps(raises, changeTime)).length
    const behind = good.length - applied
    const actor = { type: 'agent', id: manager.id, name: manager.name } as const
    const after = { applied, behind, unknown: unknown.length }
    tx.audit(cloudEntry(ports, { actor, ...origin }, { action: 'report-steps', companyId, after }))
    return { applied, behind, unknown }
  })
}

function canShow(app: AppDevice | undefined, step: Step, now: UnixMs): boolean {
  if (app?.status !== 'active') return false
  const record = appTokenRecord({ ...app, enabled: true })
  return step <= stepAt(record, addMs(now, app.clock.offsetMs + record.windows.large * MS_PER_SECOND))
}
