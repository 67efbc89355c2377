import type { ReactNode } from 'react'
import { type LookOfColumn, type RowAttributes, TableLook } from './table-look.tsx'

export type Column<Row> = LookOfColumn & { cell: (row: Row) => ReactNode }

/**
 * A table that stays one: at the width of a telephone each row becomes a card by style alone.
 */
export function DataTable<Row>({
  caption,
  showCaption,
  columns,
  rows,
  rowKey,
  rowProps,
  dense,
  empty,
}: {
  caption: ReactNode
  showCaption?: boolean
  columns: Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string | number
  /** Attributes of the row: an id, a data-state, aria-current; `data-accent="n4|danger|warn|accent"` marks its edge. */
  rowProps?: (row: Row) => RowAttributes
  dense?: boolean
  /** Stands instead of the table when there is no row. */
  empty?: ReactNode
}) {
  if (rows.length === 0 && empty) return <>{empty}</>
  return (
    <TableLook
      {...{ caption, showCaption, dense }}
      columns={columns.map(({ cell: _, ...column }) => column)}
      lines={rows.map((row) => ({
        key: rowKey(row),
        attributes: rowProps?.(row),
        cells: columns.map(({ cell }) => cell(row)),
      }))}
    />
  )
}
