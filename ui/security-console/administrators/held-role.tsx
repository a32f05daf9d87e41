import type { RoleAssignment } from '@driftlock/contracts'
import { DomainLink } from '../links/domain-link.tsx'
import { RoleLink } from '../links/role-link.tsx'

/** A role that somebody holds, and where: "Help Desk Administrator (SystemDomain)". */
export function HeldRole({ assignment }: { assignment: RoleAssignment }) {
  return (
    <>
      <RoleLink role={assignment} /> (<DomainLink domain={assignment.scope} />)
    </>
  )
}
