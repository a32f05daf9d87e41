import { Link } from 'react-router'

/** Somebody of whom no more than the user ID is known: found by it on Home. */
export function PersonLink({ username }: { username: string }) {
  return <Link to={`/?q=${encodeURIComponent(username)}`}>{username}</Link>
}
