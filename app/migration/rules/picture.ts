import type { Risk } from './risk.ts'

export type Counted = {
  territoryCode: string
  territory: string
  onCopper: boolean
  moving: boolean
  moved: boolean
  letter: string | null
  risks: readonly Risk[]
}
export type Place = {
  code: string
  name: string
  count: number
  copper: number
  moving: number
  moved: number
  risk: number
  letters: string
}

/** What is suspended threatens nobody today: it is said, and not counted. */
export function atRisk({ risks }: { risks: readonly Risk[] }): boolean {
  return risks.some((risk) => risk !== 'suspended')
}

/** One line a territory, in the order of the sites. */
export function placesOf(sites: readonly Counted[]): Place[] {
  const codes = [...new Set(sites.map((site) => site.territoryCode))]
  return codes.map((code) => {
    const here = sites.filter((site) => site.territoryCode === code)
    const count = (which: (site: Counted) => boolean) => here.filter(which).length
    return {
      code,
      name: here[0]?.territory ?? code,
      count: here.length,
      copper: count((site) => site.onCopper && !site.moved),
      moving: count((site) => site.moving),
      moved: count((site) => site.moved),
      risk: count(atRisk),
      letters: here
        .flatMap((site) => site.letter ?? [])
        .sort()
        .join(' '),
    }
  })
}

/** How loud a territory is drawn: the share of its sites that are at risk. */
export function toneOf({ count, risk }: Pick<Place, 'count' | 'risk'>): 'ok' | 'n2' | 'n3' | 'n4' {
  if (risk === 0) return 'ok'
  const share = risk / count
  return share < 1 / 3 ? 'n2' : share < 2 / 3 ? 'n3' : 'n4'
}
