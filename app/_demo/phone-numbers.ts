/** Six first digits of the ranges Arcep reserves for works of fiction: nobody can be called there. */
export const FICTION = {
  paris: '019900',
  northWest: '026191',
  northEast: '035301',
  southEast: '046571',
  southWest: '053649',
  mobile: '063998',
} as const
export type FictionRange = keyof typeof FICTION

const AREA: Record<string, FictionRange> = {
  R24: 'northWest',
  R28: 'northWest',
  R52: 'northWest',
  R53: 'northWest',
  R04: 'northWest',
  R27: 'northEast',
  R32: 'northEast',
  R44: 'northEast',
  R84: 'southEast',
  R93: 'southEast',
  R94: 'southEast',
  R75: 'southWest',
  R76: 'southWest',
}

/** The range in which a territory of this region would have its fixed lines; overseas and the national posts use 01. */
export function fixedRange(regionCode: string | null): FictionRange {
  return AREA[regionCode ?? ''] ?? 'paris'
}

/** Gives each caller the next free number of a range. */
export function numberGiver(): (range: FictionRange) => string {
  const given = new Map<FictionRange, number>()
  return (range) => {
    const rank = (given.get(range) ?? 0) + 1
    if (rank > 9_999) throw new Error(`no fiction number is left in ${FICTION[range]}`)
    given.set(range, rank)
    // 4 567 is prime to 10 000, so none comes twice; neighbours in the directory get numbers that do not look alike
    return fictionNumber(range, (rank * 4_567) % 10_000)
  }
}

export function fictionNumber(range: FictionRange, rank: number): string {
  return `+33${FICTION[range].slice(1)}${String(rank).padStart(4, '0')}`
}

export function isFiction(phone: string): boolean {
  return /^\+33\d{9}$/.test(phone) && Object.values<string>(FICTION).includes(`0${phone.slice(3, 8)}`)
}
