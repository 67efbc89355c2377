import { getTranslations } from 'next-intl/server'
import { isOpen } from '#app/cases/rules/states.ts'
import { DataTable } from '#components/data-table.tsx'
import { type MapState, type MapTone, TileMap } from '#components/tile-map.tsx'
import { MAINLAND, MAP_OUTLINES, MAP_TILES } from '#db/reference/map.ts'
import type { IncidentPage } from '../queries.ts'

const ON_MAP = new Set([...MAP_OUTLINES, ...MAP_TILES].map(({ code }) => code))

/** Each département by the gravest case still open there; confirmed where every reporter has said so. */
export async function TouchedMap({ page }: { page: IncidentPage }) {
  const [t, vocabulary] = [await getTranslations('incidents'), await getTranslations('vocabulary')]
  const places = page.picture.territories.map(({ code, name }) => {
    const open = page.attached.filter((one) => one.territory === code && isOpen(one.state) && !one.confirmed)
    const level = Math.max(0, ...open.map((one) => one.level)) as 0 | 1 | 2 | 3 | 4
    const tone: MapTone = level === 0 ? 'ok' : `n${level}`
    const text = level === 0 ? t('page.map_ok') : vocabulary(`levelShort.${level}`)
    return { code, name, tone, text }
  })
  const states: Record<string, MapState> = Object.fromEntries(
    places.map(({ code, tone, text }) => [code, { tone, text }]),
  )
  const elsewhere = places.filter(({ code }) => !ON_MAP.has(code))
  return (
    <section className="grid gap-2" aria-labelledby="map">
      <h2 id="map" className="text-lg">
        {t('page.map')}
      </h2>
      <TileMap
        label={t('page.map')}
        viewBox={MAINLAND}
        paths={MAP_OUTLINES}
        tiles={MAP_TILES}
        states={states}
        tableLabel={t('page.map_table')}
        table={
          <DataTable
            caption={t('page.map')}
            dense
            rows={places}
            rowKey={(one) => one.code}
            columns={[
              {
                key: 'territory',
                head: t('column.territory'),
                rowHead: true,
                cell: (one) => `${one.name} (${one.code})`,
              },
              { key: 'state', head: t('column.state'), cell: (one) => one.text },
            ]}
          />
        }
      />
      {elsewhere.length > 0 && (
        <p className="text-soft">
          {t('page.elsewhere', { names: elsewhere.map(({ name, text }) => `${name} (${text})`).join(', ') })}
        </p>
      )}
    </section>
  )
}
