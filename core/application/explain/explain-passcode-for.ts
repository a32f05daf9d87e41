import { type Explanation, explainPasscode } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findUser } from '../administration/find-object.ts'
import { subjectSnapshot } from '../administration/subject-snapshot.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { ClockGuard } from '../ports/clock-guard.ts'

/**
 * Why a passcode failed or would fail now, in words for the help desk. Nothing is changed and nothing counted. Needs a permission
 * of its own, because the answer says whether a PIN is right; it is audited without the passcode.
 * @throws ApplicationError `NOT_FOUND`.
 */
export async function explainPasscodeFor(
  ports: AdministrationPorts & { readonly clockGuard: ClockGuard },
  context: AdministrationContext,
  request: { readonly user: string; readonly passcode: string },
): Promise<Explanation> {
  return administer(ports, { context, action: 'explain-passcode' }, async (unit) => {
    const user = await findUser(unit.tx, request.user)
    const { securityDomainId, id: onUserId } = user.user
    await unit.authorise({ permission: 'explain-passcode', securityDomainId, onUserId })
    const snapshot = await subjectSnapshot(unit.tx, user, ports)
    const entropy = ports.random.bytes(64)
    const explanation = explainPasscode(snapshot, request.passcode, { now: unit.now, entropy })
    unit.audit({ action: 'explain-passcode', user, after: { findings: explanation.findings } })
    return explanation
  })
}
