import { Link } from 'react-router'
import { useMay } from '../session/session-context.ts'

interface DomainLinkProps {
  domain: { readonly id: string; readonly path: string }
}

/** A security domain by its path; leads to what holds in it, for those who may see that. */
export function DomainLink({ domain: { id, path } }: DomainLinkProps) {
  const may = useMay()
  return may('view-policies') ? <Link to={`/policies/${id}`}>{path}</Link> : path
}
