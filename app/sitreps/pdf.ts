import { heading, type Piece, paragraph, type Sheet } from '#app/_print/sheet.ts'
import type { SitrepDocument } from './document.ts'
import type { FactTable } from './fact-tables.ts'

/** The report as its page prints it. */
export function sitrepSheet(document: SitrepDocument): Sheet {
  const { title, incident, marker, essential, facts, items, annex, locale, issuedAt } = document
  const mark = marker ? [paragraph(marker, 13, true)] : []
  return {
    title: `${title} – ${incident}`,
    locale,
    at: issuedAt,
    foot: [title, incident, marker].filter(Boolean).join(' · '),
    pieces: [
      ...mark,
      { kind: 'H1', words: title, size: 20, bold: true },
      ...(incident ? [paragraph(incident, 12)] : []),
      ...(essential ? [paragraph(essential, 13)] : []),
      ...(facts ? factPieces(facts) : []),
      ...[...items, ...(annex ? [annex] : [])].flatMap(({ term, words }) => [
        heading(term, 12),
        paragraph(words),
      ]),
      ...mark,
    ],
  }
}

function factPieces({ as_of, sum, tables, empty }: NonNullable<SitrepDocument['facts']>): Piece[] {
  const shown = tables.filter(({ key, rows }) => rows.length > 0 || key === 'number')
  return [
    paragraph(as_of, 11, true),
    paragraph(sum),
    ...shown.flatMap((table) => [
      heading(table.caption),
      table.rows.length > 0 ? tablePiece(table) : paragraph(empty),
      ...(table.note ? [paragraph(table.note, 10)] : []),
    ]),
  ]
}

function tablePiece({ columns, rows }: FactTable): Piece {
  const wide = (at: number) => (at === 1 && !columns[1]?.numeric ? 150 : 90)
  return {
    kind: 'table',
    columns: columns.map((column, at) => (at === 0 ? column : { ...column, width: wide(at) })),
    rows: rows.map(({ cells }) => cells),
  }
}
