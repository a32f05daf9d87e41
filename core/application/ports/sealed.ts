/**
 * A secret as it is stored: encrypted and bound to its table, column and row, so that it does not open anywhere else.
 * Every seed of a token (current, pending, voided) is bound to `tokens`, `seed` and the token's id, because a
 * redistribution moves it from one place to the other without opening it.
 */
export type Sealed = Uint8Array
