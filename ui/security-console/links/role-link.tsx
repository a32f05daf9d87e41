import { Link } from 'react-router'
import { useMay } from '../session/session-context.ts'

interface RoleLinkProps {
  /** Of a role that somebody holds. */
  role: { readonly roleId: string; readonly roleName: string }
}

/** A role by its name; leads to what it holds, for those who may see that. */
export function RoleLink({ role: { roleId, roleName } }: RoleLinkProps) {
  const may = useMay()
  return may('view-administrators') ? <Link to={`/roles?show=${roleId}`}>{roleName}</Link> : roleName
}
