import { notFound } from 'next/navigation'
import { MENU_LINE, Menu } from '#components/menu.tsx'
import { StatusStrip } from '#components/notice.tsx'
import { TileMap } from '#components/tile-map.tsx'
import { MAINLAND, MAP_OUTLINES, MAP_TILES } from '#db/reference/map.ts'
import { Facts } from './facts.tsx'
import { FormGallery } from './form.tsx'
import { Marks } from './marks.tsx'
import { Rows } from './rows.tsx'

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
      <Overlay />
      <Country />
    </div>
  )
}

function Overlay() {
  return (
    <Menu label="Plus">
      <a className={MENU_LINE} href="/gallery">
        Rattacher
      </a>
      <button type="button" className={MENU_LINE}>
        Hors périmètre
      </button>
    </Menu>
  )
}

function Country() {
  return (
    <TileMap
      label="Départements touchés"
      viewBox={MAINLAND}
      paths={MAP_OUTLINES}
      tiles={MAP_TILES}
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
