/** A drill of seven hours weighs sixty kilobytes. */
export const MAX_DRILL_BYTES = 2_000_000
