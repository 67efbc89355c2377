import { Due } from '#app/_i18n/moment.tsx'
import { type Column, DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tabs } from '#components/nav.tsx'
import { Pagination } from '#components/pagination.tsx'
import { Tag } from '#components/tag.tsx'

type Line = { code: string; level: 1 | 2 | 3 | 4; what: string; who: string; place: string; minutes: number }

const LINES: Line[] = [
  {
    code: '2026-004217-3',
    level: 4,
    what: '112 injoignable',
    who: 'COZ Sud-Est',
    place: 'Rhône',
    minutes: -12,
  },
  { code: '2026-004218-1', level: 3, what: '15, silence', who: 'SAMU 38', place: 'Isère', minutes: -0.5 },
  {
    code: '2026-004220-8',
    level: 2,
    what: '18, un appel sur deux',
    who: 'SDIS 26',
    place: 'Drôme',
    minutes: 3,
  },
  {
    code: '2026-004231-5',
    level: 1,
    what: '15, identité absente',
    who: 'SAMU 974',
    place: 'La Réunion',
    minutes: 190,
  },
]

export function Rows({ now }: { now: Date }) {
  const at = (line: Line) => new Date(now.getTime() + line.minutes * 60_000)
  const columns: Column<Line>[] = [
    { key: 'code', head: 'Dossier', rowHead: true, cell: (line) => <a href="/gallery">{line.code}</a> },
    { key: 'level', head: 'Niveau', cell: (line) => <Tag tone={`n${line.level}`}>N{line.level}</Tag> },
    { key: 'what', head: 'Panne', cell: (line) => line.what },
    { key: 'who', head: 'Déclarant', cell: (line) => line.who },
    { key: 'place', head: 'Territoire', cell: (line) => line.place, wideOnly: true },
    { key: 'due', head: 'Prochain contact', cell: (line) => <Due at={at(line)} now={now} /> },
    { key: 'n', head: 'Essais', numeric: true, cell: (line) => `${line.level} / 10` },
  ]
  return (
    <section className="grid gap-3">
      <Tabs
        label="Parties"
        items={[
          { href: '/gallery', label: 'File', current: true, count: 34 },
          { href: '/gallery?b', label: 'Résiduels', count: 4 },
          { href: '/gallery?c', label: 'Clos' },
        ]}
      />
      <DataTable
        caption="Dossiers ouverts"
        columns={columns}
        rows={LINES}
        rowKey={(line) => line.code}
        rowProps={(line) => ({
          'data-accent': line.level === 4 ? 'n4' : line.minutes < 0 ? 'danger' : undefined,
          'aria-current': line.level === 2 ? 'true' : undefined,
        })}
      />
      <Pagination
        label="Pages"
        next="/gallery"
        previous="/gallery"
        previousLabel="Page précédente"
        nextLabel="Page suivante"
      />
      <EmptyState icon="ok" title="Rien en attente">
        Aucun dossier ne correspond à ces filtres.
      </EmptyState>
    </section>
  )
}
