import { notFound } from 'next/navigation'
import { Due, Moment } from '#app/_i18n/moment.tsx'
import { Button, LinkButton } from '#components/button.tsx'
import { type Column, DataTable } from '#components/data-table.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { ConfirmDialog, Dialog } from '#components/dialog.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Kbd } from '#components/kbd.tsx'
import { MENU_LINE, Menu } from '#components/menu.tsx'
import { Tabs } from '#components/nav.tsx'
import { Notice, StatusStrip } from '#components/notice.tsx'
import { Pagination } from '#components/pagination.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'
import { SpokenCode } from '#components/spoken-code.tsx'
import { Stat } from '#components/stat.tsx'
import { Steps } from '#components/steps.tsx'
import { Badge, Tag, type Tone } from '#components/tag.tsx'
import { TileMap } from '#components/tile-map.tsx'
import { Timeline } from '#components/timeline.tsx'
import { Toolbar } from '#components/toolbar.tsx'
import { MAP_SHAPES } from '#db/reference/map.ts'
import { FormGallery } from './form.tsx'

/** Every component at once, to be looked at while developing. Does not exist in production. */
export default function Gallery() {
  if (process.env.NODE_ENV === 'production') notFound()
  const now = new Date()
  return (
    <div className="grid gap-10">
      <h1 className="text-3xl">Galerie</h1>
      <StatusStrip tone="warn" live>
        <strong>Non actualisé depuis 16 h 52</strong> <span>Reconnexion en cours</span>
      </StatusStrip>
      <Marks />
      <Rows now={now} />
      <Facts now={now} />
      <FormGallery />
      <Overlays />
      <Country />
    </div>
  )
}

const TONES: Tone[] = ['neutral', 'accent', 'info', 'ok', 'warn', 'danger', 'n1', 'n2', 'n3', 'n4']

function Marks() {
  return (
    <section className="grid gap-4">
      <div className="flex flex-wrap gap-2">
        {TONES.map((tone) => (
          <Tag key={tone} tone={tone}>
            {tone.toUpperCase()}
          </Tag>
        ))}
        <Badge icon="person">M. Durand</Badge>
        <Badge icon="late" tone="danger">
          promesse manquée
        </Badge>
        <Kbd>J</Kbd>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button kind="primary">Prendre en compte</Button>
        <Button icon="person">Je m’en charge</Button>
        <Button kind="danger">Clore</Button>
        <Button kind="quiet">Annuler</Button>
        <Button disabled>Impossible</Button>
        <Button size="dense">Dense</Button>
        <LinkButton href="/gallery" kind="primary" size="large" icon="megaphone">
          Signaler
        </LinkButton>
      </div>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Stat label="Dossiers ouverts" value="34" href="/gallery" />
        <Stat label="Promesses manquées" value="3" tone="danger" note="la plus ancienne : 12 min" />
        <Stat label="À prendre en compte" value="2" tone="warn" />
        <Stat label="Résiduels" value="0" tone="ok" />
      </div>
      <div className="grid gap-2">
        <Notice title="Information">Le 15 de la Drôme est en essai.</Notice>
        <Notice tone="ok">Dossier enregistré.</Notice>
        <Notice
          tone="warn"
          title="Mme Petit a modifié ce dossier"
          actions={<Button size="dense">Voir</Button>}
        >
          Le niveau est passé de N2 à N3.
        </Notice>
        <Notice tone="danger" title="Non enregistré" live>
          Votre texte est conservé ci-dessous.
        </Notice>
      </div>
    </section>
  )
}

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

function Rows({ now }: { now: Date }) {
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

function Facts({ now }: { now: Date }) {
  const when = <Moment at={now} now={now} />
  return (
    <section className="grid gap-6 lg:grid-cols-2">
      <div className="grid content-start gap-4">
        <SpokenCode
          label="Numéro de dossier"
          code="2026-004217-3"
          spoken="2026, 0 0 4 2 1 7, 3"
          hint="À lire à voix haute au déclarant."
        />
        <PhoneNumberLarge
          label="Ligne de permanence"
          display="01 99 00 24 24"
          href="tel:0199002424"
          action="Appeler le 01 99 00 24 24"
        />
        <Steps
          label="Avancement"
          stateWords={{ done: 'fait', current: 'en cours' }}
          steps={[
            { key: 'a', label: 'Reçu', state: 'done', note: when },
            { key: 'b', label: 'Pris en compte', state: 'done' },
            { key: 'c', label: 'En cours', state: 'current' },
            { key: 'd', label: 'Rétabli', state: 'ahead' },
            { key: 'e', label: 'Confirmé', state: 'ahead' },
          ]}
        />
        <DescriptionList
          items={[
            { term: 'Numéro', value: '15, 112' },
            {
              term: 'Depuis',
              value: <Moment at={new Date('2021-06-02T14:45:00Z')} now={now} timeZone="Indian/Reunion" />,
            },
            { term: 'Vide', value: null },
          ]}
        />
      </div>
      <Timeline
        label="Chronologie"
        entries={[
          { id: 1, kind: 'fact', when, title: 'Signalé', who: 'SAMU 38', icon: 'megaphone' },
          {
            id: 2,
            kind: 'public',
            audience: 'Visible du déclarant',
            when,
            who: 'A. Martin',
            children: 'Nous essayons depuis trois réseaux.',
          },
          {
            id: 3,
            kind: 'internal',
            audience: 'Interne à la cellule',
            when,
            who: 'A. Martin',
            children: 'Doute sur la table de routage de Lyon.',
          },
          { id: 4, kind: 'fact', when, title: 'Niveau porté à N3' },
        ]}
      />
    </section>
  )
}

function Overlays() {
  return (
    <Toolbar label="Actions">
      <Dialog open="Mise à jour" openIcon="pencil" title="Mise à jour" close="Fermer">
        <p>Contenu</p>
      </Dialog>
      <ConfirmDialog
        open="Clore"
        kind="danger"
        title="Clore ce dossier ?"
        close="Fermer"
        confirm="Clore le dossier"
        action="/gallery"
        fields={{ version: 3 }}
      >
        <p>Le déclarant a confirmé.</p>
      </ConfirmDialog>
      <Menu label="Plus">
        <a className={MENU_LINE} href="/gallery">
          Rattacher
        </a>
        <button type="button" className={MENU_LINE}>
          Hors périmètre
        </button>
      </Menu>
    </Toolbar>
  )
}

function Country() {
  return (
    <TileMap
      label="Départements touchés"
      viewBox="0 0 613 585"
      paths={MAP_SHAPES.filter((shape) => !shape.tile).map(({ code, name, path }) => ({
        code,
        name,
        d: path,
      }))}
      tiles={MAP_SHAPES.filter((shape) => shape.tile).map(({ code, name }) => ({ code, name, label: code }))}
      states={{
        '38': { tone: 'n3', text: 'N3' },
        '69': { tone: 'n4', text: 'N4' },
        '26': { tone: 'n2', text: 'N2' },
        '07': { tone: 'n1', text: 'N1' },
        '01': { tone: 'ok', text: 'confirmé' },
        '974': { tone: 'n3', text: 'N3' },
      }}
      tableLabel="Les mêmes données en tableau"
      table={<p>Tableau</p>}
    />
  )
}
