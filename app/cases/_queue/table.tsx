'use client'

import './queue.css'
import { AS } from '#components/table-roles.ts'
import type { Line, TableWords } from './lines.ts'
import { useSeen } from './seen.ts'
import { SEVERAL_FORM } from './selection-form.ts'

/**
 * The rows, in words already: a plain table with short class names, the page the cell asks for most. On a telephone each row
 * becomes a card; the roles keep it a table.
 */
export function QueueTable({
  lines,
  words,
  picks,
  who,
  now,
}: {
  lines: Line[]
  words: TableWords
  picks: boolean
  /** Whose eyes: what they have not seen yet is marked. */
  who: string
  now: string
}) {
  const { isNew, see } = useSeen(who, now)
  return (
    <table {...AS.table} className="q">
      <caption className="sr-only">{words.caption}</caption>
      <thead {...AS.group}>
        <tr {...AS.row}>
          {words.columns.map(({ key, text }) => (
            <th key={key} {...AS.head}>
              {key === 'act' ? <span className="sr-only">{text}</span> : text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...AS.group}>
        {lines.map((line) => (
          <tr
            key={line.reference}
            {...AS.row}
            data-case={`${line.reference}:${line.version}`}
            data-e={line.edge}
            onFocus={() => see([line.reference])}
          >
            <td {...AS.cell}>
              {picks ? (
                <label className="pk">
                  <input
                    type="checkbox"
                    name="c"
                    form={SEVERAL_FORM}
                    value={line.reference}
                    aria-label={words.pick.replace('{reference}', line.reference)}
                  />
                  <b className={`lv lv${line.level}`}>N{line.level}</b>
                </label>
              ) : (
                <b className={`lv lv${line.level}`}>N{line.level}</b>
              )}
              {picks && isNew(line.reference, line.received.at) && <em>{words.fresh}</em>}
            </td>
            <th {...AS.rowHead}>
              <a href={`/cases/${line.reference}`}>
                <b>{line.numbers}</b> {line.symptom}
              </a>
              <small>{line.reference}</small>
              {line.incident && <small className="in">{line.incident}</small>}
            </th>
            <td {...AS.cell}>
              {line.from}
              <small>{line.place}</small>
            </td>
            <td {...AS.cell}>
              {line.state}
              {line.marks.map(({ tone, text }) => (
                <b key={text} className={`m ${tone}`}>
                  {text}
                </b>
              ))}
            </td>
            <td {...AS.cell}>{line.due && <Due due={line.due} />}</td>
            <td {...AS.cell}>
              <time dateTime={line.received.at} title={line.received.title}>
                {line.received.age}
              </time>
            </td>
            <td {...AS.cell}>
              <Who who={line.who} nobody={words.nobody} />
            </td>
            <td {...AS.cell}>
              {line.act && (
                <button
                  type="submit"
                  name="act"
                  value={`${line.act}:${line.reference}:${line.version}`}
                  className={line.act === 'acknowledge' ? 'p' : undefined}
                >
                  {words[line.act]}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Due({ due: { at, how, text, what } }: { due: NonNullable<Line['due']> }) {
  if (!how) return <time dateTime={at}>{text}</time>
  return (
    <>
      <time dateTime={at} data-due={how} suppressHydrationWarning>
        {text}
      </time>
      <small>{what}</small>
    </>
  )
}

function Who({ who, nobody }: { who: Line['who']; nobody: string }) {
  if (!who) return <span className="s">{nobody}</span>
  return (
    <>
      {who.holds ? <b>{who.name}</b> : who.name}
      <small>{who.does}</small>
    </>
  )
}
