import { getLocale, getTranslations } from 'next-intl/server'
import { countdownText, durationBetween, hourText, momentText, timeLeft } from '#app/_i18n/time.ts'
import type { Level } from '#db/schema/cases.ts'
import { isOverdue } from '../rules/deadlines.ts'
import { isOpen } from '../rules/states.ts'
import { dueFirst, missed, type QueueRow } from './row.ts'

/** One row in words, small: a page of them travels twice, as HTML and as what the browser's script reads. */
export type Line = {
  reference: string
  version: number
  level: Level
  /** Edge of the row: `d` something owed is late, `w` nobody has acknowledged. */
  edge?: 'd' | 'w'
  numbers: string
  symptom: string
  incident?: string
  from: string
  place: string
  state: string
  marks: { tone: 'd' | 'w'; text: string }[]
  due?: { at: string; how?: 'late' | 'soon' | 'far'; text: string; what?: string }
  received: { at: string; title: string; age: string }
  who?: { name: string; does: string; holds: boolean }
  act?: 'acknowledge' | 'claim'
}

const SOON_S = 300

/** The rows of the queue as the person who asks reads them at `now`. */
export async function queueLines(rows: QueueRow[], me: number, now: Date, works: boolean): Promise<Line[]> {
  const locale = await getLocale()
  const [t, cases, common, symptoms, vocabulary] = [
    await getTranslations('queue'),
    await getTranslations('cases'),
    await getTranslations('common'),
    await getTranslations('symptoms'),
    await getTranslations('vocabulary'),
  ]
  const words = { ahead: common.raw('time.ahead'), overdue: common.raw('time.overdue') }
  const symptomText = (code: string) => (symptoms.has(code as 'NO_RING') ? symptoms(code as 'NO_RING') : code)

  function deadline(row: QueueRow): Line['due'] {
    const due = dueFirst(row)
    if (!due)
      return row.closedAt ? { at: row.closedAt, text: hourText(new Date(row.closedAt), locale) } : undefined
    const { overdue, totalSeconds } = timeLeft(due.at, now)
    return {
      at: due.at.toISOString(),
      how: overdue ? 'late' : totalSeconds <= SOON_S ? 'soon' : 'far',
      text: countdownText(due.at, now, locale, words),
      what: t(`due.${due.due}`),
    }
  }

  function marks(row: QueueRow): Line['marks'] {
    const found: Line['marks'] = []
    const late = missed(row)
    if (row.stillFailingAt) found.push({ tone: 'd', text: t('marks.still_failing') })
    if (late.length > 0) {
      const what = late.map((due) => t(`marks.missed.${due}`)).join(', ')
      found.push({ tone: 'd', text: t('marks.missed.all', { what }) })
    }
    if (row.answeredAt && isOpen(row.state)) found.push({ tone: 'w', text: t('marks.answered') })
    if (row.verification === 'unverified') found.push({ tone: 'w', text: t('marks.unverified') })
    if (row.residualSince && isOpen(row.state)) {
      const age = durationBetween(new Date(row.residualSince), now, locale)
      found.push({ tone: 'w', text: t('marks.residual_for', { age }) })
    }
    return found
  }

  function who(row: QueueRow): Line['who'] {
    if (row.holder)
      return { name: row.holderId === me ? t('who.you') : row.holder, does: t('who.holds'), holds: true }
    if (!row.assignee) return undefined
    const name = row.assigneeId === me ? t('who.you') : row.assignee
    return { name, does: t('who.assigned'), holds: false }
  }

  return rows.map((row) => ({
    reference: row.reference,
    version: row.version,
    level: row.level,
    edge: edge(row),
    numbers: row.numbers.join(' ') || '–',
    symptom: symptomText(row.symptom),
    incident: row.incident ?? undefined,
    from: row.organisation ?? vocabulary(`reporterKind.${kindOf(row.reporterKind)}`),
    place: `${row.territory ?? row.territoryCode} (${row.territoryCode})`,
    state: cases(`state.${row.state}`),
    marks: marks(row),
    due: deadline(row),
    received: {
      at: row.receivedAt,
      title: momentText(new Date(row.receivedAt), { now, locale }),
      age: durationBetween(new Date(row.receivedAt), now, locale),
    },
    who: who(row),
    act: works ? actFor(row) : undefined,
  }))
}

export type TableWords = {
  caption: string
  pick: string
  /** Not seen yet by who reads. */
  fresh: string
  columns: { key: string; text: string }[]
  nobody: string
  acknowledge: string
  claim: string
}

const COLUMNS = ['level', 'case', 'from', 'state', 'due', 'age', 'who', 'act'] as const

export async function tableWords(): Promise<TableWords> {
  const t = await getTranslations('queue')
  return {
    caption: t('caption'),
    pick: t.raw('several.pick'),
    fresh: t('marks.fresh'),
    columns: COLUMNS.map((key) => ({ key, text: t(`columns.${key}`) })),
    nobody: t('who.nobody'),
    acknowledge: t('act.acknowledge'),
    claim: t('act.claim'),
  }
}

function edge(row: QueueRow): Line['edge'] {
  if (!isOpen(row.state)) return undefined
  if (isOverdue(row.queueRank)) return 'd'
  return row.state === 'received' ? 'w' : undefined
}

function actFor(row: QueueRow): Line['act'] {
  if (row.state === 'received') return 'acknowledge'
  return isOpen(row.state) && !row.holder ? 'claim' : undefined
}

function kindOf(kind: string): 'citizen' | 'media' | 'unknown_caller' {
  return kind === 'citizen' || kind === 'media' ? kind : 'unknown_caller'
}
