import './queue.css'
import { getLocale, getTranslations } from 'next-intl/server'
import { countdownText, durationBetween, hourText, momentText, timeLeft } from '#app/_i18n/time.ts'
import { isOpen } from '../rules/deadlines.ts'
import { dueFirst, missed, type QueueRow } from './row.ts'

const SOON_S = 300

/**
 * The rows. A plain table with short class names: the page is written some hundred times a second when it matters, so
 * nothing here is a component of the browser. On a telephone each row becomes a card; the roles keep it a table.
 */
export async function QueueTable({ rows, me, now }: { rows: QueueRow[]; me: number; now: Date }) {
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

  function deadline(row: QueueRow) {
    const due = dueFirst(row)
    if (!due) return row.closedAt ? <time>{hourText(new Date(row.closedAt), locale)}</time> : null
    const { overdue, totalSeconds } = timeLeft(due.at, now)
    return (
      <>
        <time
          dateTime={due.at.toISOString()}
          data-due={overdue ? 'late' : totalSeconds <= SOON_S ? 'soon' : 'far'}
          suppressHydrationWarning
        >
          {countdownText(due.at, now, locale, words)}
        </time>
        <small>{t(`due.${due.due}`)}</small>
      </>
    )
  }

  function marks(row: QueueRow) {
    const late = missed(row)
    return (
      <>
        {row.stillFailingAt && <b className="m d">{t('marks.still_failing')}</b>}
        {late.length > 0 && (
          <b className="m d">
            {t('marks.missed.all', { what: late.map((due) => t(`marks.missed.${due}`)).join(', ') })}
          </b>
        )}
        {row.verification === 'unverified' && <b className="m w">{t('marks.unverified')}</b>}
        {row.residualSince && isOpen(row.state) && (
          <b className="m w">
            {t('marks.residual_for', { age: durationBetween(new Date(row.residualSince), now, locale) })}
          </b>
        )}
      </>
    )
  }

  function who(row: QueueRow) {
    if (row.holder)
      return (
        <>
          <b>{row.holderId === me ? t('who.you') : row.holder}</b>
          <small>{t('who.holds')}</small>
        </>
      )
    if (row.assignee)
      return (
        <>
          {row.assigneeId === me ? t('who.you') : row.assignee}
          <small>{t('who.assigned')}</small>
        </>
      )
    return <span className="s">{t('who.nobody')}</span>
  }

  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: a table drawn as cards loses its roles in some browsers.
    <table role="table" className="q">
      <caption className="sr-only">{t('caption')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {(['level', 'case', 'from', 'state', 'due', 'age', 'who', 'act'] as const).map((column) => (
            <th key={column} role="columnheader" scope="col">
              {column === 'act' ? (
                <span className="sr-only">{t('columns.act')}</span>
              ) : (
                t(`columns.${column}`)
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.id} role="row" data-case={`${row.reference}:${row.version}`} data-e={edge(row)}>
            <td role="cell">
              <b className={`lv lv${row.level}`}>N{row.level}</b>
            </td>
            <th role="rowheader" scope="row">
              <a href={`/cases/${row.reference}`}>
                <b>{row.numbers.join(' ') || '–'}</b> {symptomText(row.symptom)}
              </a>
              <small>{row.reference}</small>
              {row.incident && <small>{row.incident}</small>}
            </th>
            <td role="cell">
              {row.organisation ?? vocabulary(`reporterKind.${kindOf(row.reporterKind)}`)}
              <small>
                {row.territory ?? row.territoryCode} ({row.territoryCode})
              </small>
            </td>
            <td role="cell">
              {cases(`state.${row.state}`)}
              {marks(row)}
            </td>
            <td role="cell">{deadline(row)}</td>
            <td role="cell">
              <time dateTime={row.receivedAt} title={momentText(new Date(row.receivedAt), { now, locale })}>
                {durationBetween(new Date(row.receivedAt), now, locale)}
              </time>
            </td>
            <td role="cell">{who(row)}</td>
            <td role="cell">
              {row.state === 'received' ? (
                <button
                  type="submit"
                  name="act"
                  value={`acknowledge:${row.reference}:${row.version}`}
                  className="p"
                >
                  {t('act.acknowledge')}
                </button>
              ) : isOpen(row.state) && !row.holder ? (
                <button type="submit" name="act" value={`claim:${row.reference}:${row.version}`}>
                  {t('act.claim')}
                </button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: outside the table no role is written twice.
  )
}

function edge(row: QueueRow): string | undefined {
  if (!isOpen(row.state)) return undefined
  if (row.queueRank === 0) return 'd'
  return row.state === 'received' ? 'w' : undefined
}

function kindOf(kind: string): 'citizen' | 'media' | 'unknown_caller' {
  return kind === 'citizen' || kind === 'media' ? kind : 'unknown_caller'
}
