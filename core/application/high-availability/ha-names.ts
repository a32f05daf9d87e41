/** Whether records are fetched and codes of apps are checked here. */
export const HA_ENABLED = 'auth_manager.cas.authentication.ha.enabled'

/** Milliseconds up to which records are here; 0 fetches everything again (seed 001). */
export const MARKER_TIME_KEY = 'auth_manager.cas.authentication.ha.seed_sync.marker_time'

/** The right to synchronise, which one instance at a time has. */
export const SYNC_LEASE = 'ha-seed-sync'
