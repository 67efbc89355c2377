import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { AccountActor } from '#app/_auth/actor.ts'
import { apiDoor } from '#app/_doors/api.ts'
import { csvRows, csvText } from '#app/_doors/csv.ts'
import { append } from '#app/_journal/append.ts'
import { inItsOwnTime } from '#db/away.ts'
import { REQUEST_MS } from '#db/limits.ts'
import { asActor } from '#db/transaction.ts'
import { type After, AT_ONCE, LISTS, type ListName } from './lists.ts'

type Row = Record<string, unknown>
type Batch = { rows: Row[]; next: After }

/** A list of what whoever asks may see, as a table or a JSON line each, as long as it is; that it was taken is a line of his chain. */
export function exportDoor<Schema extends z.ZodType<{ format: 'csv' | 'jsonl' }>>(
  name: ListName,
  schema: Schema,
) {
  return apiDoor(
    schema,
    async (actor, asked, now) => {
      // Read before anything is answered: what cannot be read is an error and not the beginning of a file.
      const first = await read(actor, name, asked, null)
      await asActor(actor, (tx) =>
        append(tx, actor, {
          ...{ chain: `account:${actor.accountId}`, event: 'account.list_taken', visibility: 'internal' },
          ...{ at: now, data: { what: name, format: asked.format } },
        }),
      )
      const [type, written] = WRITTEN[asked.format]
      return new Response(
        stream(first, (after) => read(actor, name, asked, after), written(name)),
        {
          headers: {
            'content-type': type,
            'content-disposition': `attachment; filename="${name}-${now.toISOString().slice(0, 10)}.${asked.format}"`,
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          },
        },
      )
    },
    { may: 'cases.report', scope: 'read', session: true, spends: 'export' },
  )
}

/**
 * The next rows are read when the reader has taken those before: one batch is in memory, however long the list, and each has the time
 * of a request of its own.
 */
export function stream(
  first: Batch,
  more: (after: After) => Promise<Batch>,
  written: { head: string; body: (rows: Row[]) => string },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let ahead = async () => first
  return new ReadableStream(
    {
      start: (to) => to.enqueue(encoder.encode(written.head)),
      async pull(to) {
        const { rows, next } = await ahead()
        if (rows.length > 0) to.enqueue(encoder.encode(written.body(rows)))
        ahead = () => inItsOwnTime(REQUEST_MS, () => more(next))
        if (next === null) to.close()
      },
    },
    { highWaterMark: 1 },
  )
}

const WRITTEN = {
  csv: [
    'text/csv; charset=utf-8',
    (name: ListName) => {
      const columns = Object.keys(LISTS[name].columns)
      return {
        head: csvText([columns]),
        body: (rows: Row[]) => csvRows(rows.map((row) => columns.map((column) => cellOf(row[column])))),
      }
    },
  ],
  jsonl: [
    'application/jsonl; charset=utf-8',
    () => ({ head: '', body: (rows: Row[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('') }),
  ],
} as const

function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'string') return value
  return Array.isArray(value) ? value.join(' ') : JSON.stringify(value)
}

async function read(actor: AccountActor, name: ListName, asked: unknown, after: After): Promise<Batch> {
  const { columns, from } = LISTS[name]
  const named = Object.entries(columns).map(([column, is]) => sql`${is} as ${sql.identifier(column)}`)
  const found = await asActor(actor, (tx) =>
    tx.execute<{
      row: Row
      at: string
      id: number
    }>(sql`select row_to_json(l) as row, to_json(place) #>> '{}' as at, place_id as id from (
      select c.place, c.id as place_id, ${sql.join(named, sql`, `)} from ${from(asked as never, after, actor)}) l
      order by place desc, place_id desc`),
  )
  const rows = found.map(({ row: { place, place_id, ...row } }) => row)
  const last = found.at(-1)
  return { rows, next: found.length < AT_ONCE || !last ? null : { at: last.at, id: Number(last.id) } }
}
