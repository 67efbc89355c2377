import { PARTIES, type Party } from '#app/told/rules/told.ts'
import type { Milestone } from './reality.ts'

/** By what the first word came: a notice, a call, the answer to its own report, an instruction in force, a statement. */
export type How = 'notice' | 'call' | 'case' | 'instruction' | 'public' | 'media'
export type Heard = { party: Party; name: string | null; how: How; at: Date; acknowledgedAt: Date | null }

export type Told = { name: string | null; how: How; minute: number; acknowledged: number | null }
export type Knew = { party: Party; told: Told[]; truth: Milestone[] }

/** Each party with who of it was told at which minute of the drill, the first first, beside what is published of it in truth. */
export function whoKnew(heard: readonly Heard[], t0: number, milestones: readonly Milestone[]): Knew[] {
  const minute = (at: Date) => Math.floor((at.getTime() - t0) / 60_000)
  return PARTIES.map((party) => ({
    party,
    told: heard
      .filter((one) => one.party === party)
      .map(({ name, how, at, acknowledgedAt }) => ({
        name,
        how,
        minute: minute(at),
        acknowledged: acknowledgedAt && minute(acknowledgedAt),
      }))
      .sort((a, b) => a.minute - b.minute),
    truth: milestones.filter((one) => saysOf(one, party)),
  }))
}

/** Whether a published fact says when this party was told; the files name their facts freely. */
function saysOf({ key, measure }: Milestone, party: Party): boolean {
  switch (party) {
    case 'prefecture':
      return measure === 'authority_notice' || /_told_prefect/.test(key)
    case 'zone':
    case 'national':
    case 'health':
      return measure === 'authority_notice'
    case 'ministry':
      return measure === 'authority_notice' || /interministerial|government_crisis|state_crisis/.test(key)
    case 'services':
      return /(services|centres|psaps?)_(told|informed|notified)/.test(key)
    case 'public':
      return /^public_|_public_(told|informed|warned)|fallback_numbers_published/.test(key)
    case 'media':
      return /(media|press)_(told|informed|statement|release)/.test(key)
  }
}
