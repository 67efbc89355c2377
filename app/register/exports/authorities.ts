import { csvText } from '#app/_doors/csv.ts'
import type { Loss } from '../rules/record.ts'

type Field = { head: string; of: (loss: Loss) => string | number | null }

const hours = (minutes: number | null) => (minutes === null ? null : Math.round((minutes / 60) * 10) / 10)
const mobile = (loss: Loss) => loss.networks.some((one) => one === 'mobile' || one === 'volte')

/**
 * The fields that an operator fills in for ENISA's yearly summary (CIRAS, "Technical guideline on incident reporting under the
 * EECC"), as far as a record knows them: what it does not know stays blank.
 */
const CIRAS_FIELDS: Field[] = [
  { head: 'Country', of: (loss) => loss.country },
  { head: 'Date and time of occurrence', of: (loss) => loss.times.began.at },
  {
    head: 'Services affected',
    of: (loss) => (loss.networks.length === 0 ? null : mobile(loss) ? 'Mobile telephony' : 'Fixed telephony'),
  },
  { head: 'Impact on emergency communications', of: (loss) => `Yes (${loss.numbers.join(', ')})` },
  { head: 'Number of users affected', of: (loss) => loss.impact.people ?? null },
  { head: 'Duration (hours)', of: (loss) => hours(loss.durationMin) },
  { head: 'Geographical spread', of: (loss) => loss.territory.words ?? loss.territory.extent },
  { head: 'Root cause category', of: (loss) => loss.cause.ciras.replace('_', ' ') },
  { head: 'Third party failure', of: (loss) => (loss.cause.thirdParty ? 'Yes' : 'No') },
  { head: 'Initial cause', of: (loss) => loss.cause.words },
  { head: 'Technical cause', of: (loss) => loss.cause.family.replaceAll('_', ' ') },
  { head: 'Response actions', of: (loss) => loss.fallback.words },
  { head: 'Post-incident actions', of: (loss) => loss.learned },
]

/** Items of an outage report to the FCC (47 CFR part 4: §§ 4.9, 4.11), as far as a record knows them. */
const FCC_ITEMS: Field[] = [
  { head: 'Reporting entity', of: (loss) => loss.operator.name },
  { head: 'Type of entity', of: (loss) => loss.operator.role.replace('_', ' ') },
  { head: 'Date and time of onset', of: (loss) => loss.times.began.at },
  { head: 'Date and time of restoration', of: (loss) => loss.times.ended.at },
  { head: 'Outage duration (minutes)', of: (loss) => loss.durationMin },
  { head: 'Geographic area affected', of: (loss) => loss.territory.words ?? loss.territory.extent },
  { head: 'Special facilities affected', of: (loss) => `Emergency services ${loss.numbers.join(', ')}` },
  { head: 'Blocked calls', of: (loss) => loss.impact.failedCalls },
  { head: 'Users potentially affected', of: (loss) => loss.impact.people ?? null },
  { head: 'Share of calls lost (%)', of: (loss) => loss.impact.sharePct },
  { head: 'Call centres notified after (minutes)', of: (loss) => loss.authorities.informedAfterMin },
  {
    head: 'Was the outage due to planned maintenance',
    of: (loss) => ({ planned: 'Yes', none: 'No', unknown: null })[loss.works],
  },
  { head: 'Direct cause', of: (loss) => loss.cause.words },
  { head: 'Root cause', of: (loss) => loss.cause.family.replaceAll('_', ' ') },
  {
    head: 'Was redundancy effective',
    of: (loss) => (loss.fallback.held === 'unknown' ? null : loss.fallback.held),
  },
  { head: 'Steps taken to prevent recurrence', of: (loss) => loss.learned },
]

export function cirasCsv(losses: readonly Loss[]): string {
  return table(CIRAS_FIELDS, losses)
}

export function fccCsv(losses: readonly Loss[]): string {
  return table(FCC_ITEMS, losses)
}

function table(fields: Field[], losses: readonly Loss[]): string {
  return csvText([
    ['Record', ...fields.map(({ head }) => head)],
    ...losses.map((loss) => [loss.id, ...fields.map(({ of }) => of(loss))]),
  ])
}
