'use client'

import type { ComponentProps, ReactNode } from 'react'
import { AS } from './table-roles.ts'

export type LookOfColumn = {
  key: string
  head: ReactNode
  /** Shown before the value when the row becomes a card; the head when it is a plain word. */
  short?: string
  numeric?: boolean
  /** The cell that names its row. One at most. */
  rowHead?: boolean
  /** Left out of the card. */
  wideOnly?: boolean
}

export type RowAttributes = Omit<ComponentProps<'tr'>, 'children' | 'key'> & {
  [data: `data-${string}`]: string | undefined
}

/**
 * How a table is drawn, of cells that are drawn already. A component of the browser: what the server draws travels twice, and a cell is
 * mostly its look.
 */
export function TableLook({
  caption,
  showCaption,
  columns,
  lines,
  dense,
}: {
  caption: ReactNode
  showCaption: boolean | undefined
  columns: LookOfColumn[]
  lines: { key: string | number; attributes: RowAttributes | undefined; cells: ReactNode[] }[]
  dense: boolean | undefined
}) {
  return (
    <table {...AS.table} className="w-full border-collapse text-left max-md:block">
      <caption className={showCaption ? 'pb-2 text-left text-lg font-bold max-md:block' : 'sr-only'}>
        {caption}
      </caption>
      <thead {...AS.group} className="max-md:sr-only">
        <tr {...AS.row} className="border-b-2 border-edge">
          {columns.map((column) => (
            <th
              key={column.key}
              {...AS.head}
              className={`px-2 py-1.5 align-bottom text-sm font-semibold text-soft first:pl-3 last:pr-3 ${column.numeric ? 'text-right' : ''}`}
            >
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...AS.group} className="max-md:grid max-md:gap-2.5">
        {lines.map(({ key, attributes, cells }) => (
          <tr key={key} {...AS.row} {...attributes} className={ROW}>
            {columns.map((column, at) => (
              <Cell key={column.key} column={column} value={cells[at]} dense={dense} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const ROW = [
  'border-b border-line bg-raised hover:bg-hover aria-[current=true]:bg-accent-soft',
  'border-l-4 border-l-transparent forced:not-data-accent:border-l-[Canvas] data-[accent=n4]:border-l-level-n4 data-[accent=danger]:border-l-danger data-[accent=warn]:border-l-warn data-[accent=accent]:border-l-accent',
  'max-md:grid max-md:grid-cols-[fit-content(40%)_minmax(0,1fr)] max-md:gap-x-3 max-md:gap-y-0.5 max-md:rounded-m max-md:border max-md:border-l-4 max-md:border-line max-md:p-3',
].join(' ')

function Cell({
  column,
  value,
  dense,
}: {
  column: LookOfColumn
  value: ReactNode
  dense: boolean | undefined
}) {
  const label = column.short ?? (typeof column.head === 'string' ? column.head : undefined)
  const look = [
    dense ? 'py-1' : 'py-2',
    'px-2 align-baseline first:pl-3 last:pr-3',
    column.wideOnly || isNothing(value) ? 'max-md:hidden' : 'max-md:contents',
    column.numeric ? 'text-right tabular-nums' : '',
  ].join(' ')
  const content = (
    <>
      {label && (
        <span
          aria-hidden="true"
          className={`text-left text-sm text-soft md:hidden ${column.rowHead ? 'hidden' : ''}`}
        >
          {label}
        </span>
      )}
      <span
        className={`max-md:block max-md:min-w-0 max-md:text-left ${column.rowHead || !label ? 'max-md:col-span-2' : ''} ${column.rowHead ? 'max-md:order-first max-md:pb-1 max-md:text-lg' : ''}`}
      >
        {value}
      </span>
    </>
  )
  return column.rowHead ? (
    <th {...AS.rowHead} className={`text-left font-semibold ${look}`}>
      {content}
    </th>
  ) : (
    <td {...AS.cell} className={look}>
      {content}
    </td>
  )
}

/** A card does not spend a line on what is not known. */
function isNothing(value: ReactNode): boolean {
  return value === null || value === undefined || value === false || value === '' || value === '–'
}
