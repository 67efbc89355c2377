'use client'

import './queue.css'
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
    // biome-ignore-start lint/a11y/noRedundantRoles: a table drawn as cards loses its roles in some browsers.
    <table role="table" className="q">
      <caption className="sr-only">{words.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {words.columns.map(({ key, text }) => (
            <th key={key} role="columnheader" scope="col">
              {key === 'act' ? <span className="sr-only">{text}</span> : text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map((line) => (
          <tr
            key={line.reference}
            role="row"
            data-case={`${line.reference}:${line.version}`}
            data-e={line.edge}
            onFocus={() => see([line.reference])}
          >
            <td role="cell">
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
            <th role="rowheader" scope="row">
              <a href={`/cases/${line.reference}`}>
                <b>{line.numbers}</b> {line.symptom}
              </a>
              <small>{line.reference}</small>
              {line.incident && <small className="in">{line.incident}</small>}
            </th>
            <td role="cell">
              {line.from}
              <small>{line.place}</small>
            </td>
            <td role="cell">
              {line.state}
              {line.marks.map(({ tone, text }) => (
                <b key={text} className={`m ${tone}`}>
                  {text}
                </b>
              ))}
            </td>
            <td role="cell">{line.due && <Due due={line.due} />}</td>
            <td role="cell">
              <time dateTime={line.received.at} title={line.received.title}>
                {line.received.age}
              </time>
            </td>
            <td role="cell">
              <Who who={line.who} nobody={words.nobody} />
            </td>
            <td role="cell">
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
    // biome-ignore-end lint/a11y/noRedundantRoles: outside the table no role is written twice.
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
