// Numbers of delivery. In a file of their own they are built in where they stand, which saves their names.
export const GATHER_MS = 1000;
/** A body that outlives its page may have 64 KiB; a character may have three bytes. */
export const BODY_CHARACTERS = 20_000;
export const LONGEST_WAIT_S = 300;
