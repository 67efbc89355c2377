import type { AccountActor } from '#app/_auth/actor.ts'
import { good } from '#scripts/testing/good.ts'
import { dryRun, keepUpload } from './import.ts'

export const HEADERS =
  'type;organisation;categorie;territoire;poste;personne;telephone;contre_appel;site;acces;numeros'

/** What the trial of a file shows. */
export async function shownTo(who: AccountActor, content: string | Uint8Array, now: Date) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const { id } = await good(keepUpload(who, { fileName: 'a.csv', bytes }, now))
  return good(dryRun(who, id))
}

/** Its faults, by line and kind. */
export function faultsIn({ plan }: Awaited<ReturnType<typeof shownTo>>) {
  return plan.faults.map(({ line, key }) => [line, key.replace('directory.import.fault.', '')])
}
