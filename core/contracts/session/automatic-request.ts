/**
 * Header of a request that a page makes by itself, to keep what it shows fresh (value `1`): it does not keep a session alive,
 * so that a console left open comes to its end.
 */
export const AUTOMATIC_REQUEST_HEADER = 'driftlock-automatic'
