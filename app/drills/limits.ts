/** A drill of seven hours weighs sixty kilobytes. */
export const MAX_DRILL_BYTES = 2_000_000
/** Two thousand events of some fifty facts each; what happened in truth is told in a few levels. */
export const DRILL_JSON = { depth: 20, values: 400_000 }
