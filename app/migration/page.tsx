import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Live } from '#app/_live/live-status.tsx'
import { type Asked, one } from '#app/admin/asked.ts'
import { Stat } from '#components/stat.tsx'
import { TileMap } from '#components/tile-map.tsx'
import { MAINLAND, MAP_OUTLINES, MAP_TILES } from '#db/reference/map.ts'
import { Places } from './_parts/places.tsx'
import { SitesTable } from './_parts/sites-table.tsx'
import { readSites } from './queries.ts'
import { atRisk, placesOf, toneOf } from './rules/picture.ts'
import { MigrationTabs } from './tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('migration'))('title') }
}

/** Every site that this person may see: the picture by département, then one département, site by site. */
export default async function MigrationPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('migration.read')
  const now = new Date(requestTime())
  const sites = await readSites(actor, now)
  const places = placesOf(sites)
  const asked = await searchParams
  const after = one(asked, 'after')
  // Somebody who sees one département alone reads its sites at once.
  const chosen =
    places.find((place) => place.code === one(asked, 'territory')) ??
    (places.length === 1 ? places[0] : undefined)
  const here = chosen ? sites.filter((site) => site.territoryCode === chosen.code) : sites
  const t = await getTranslations('migration')
  const count = (which: (site: (typeof sites)[number]) => boolean) => here.filter(which).length
  const states = Object.fromEntries(
    places.map((place) => [
      place.code,
      { tone: toneOf(place), text: t('list.picture_text', { risk: place.risk, count: place.count }) },
    ]),
  )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases={[]} events={['migration.']} />
      </div>
      <MigrationTabs current="" />
      <p className="max-w-[65ch] text-soft">{t('list.explain')}</p>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-6">
        <Stat label={t('list.count')} value={here.length} />
        <Stat label={t('list.copper')} value={count((site) => site.onCopper && !site.moved)} />
        <Stat label={t('list.moving')} value={count((site) => site.moving)} />
        <Stat label={t('list.done')} value={count((site) => site.moved)} tone="ok" />
        <Stat
          label={t('list.at_risk')}
          value={count(atRisk)}
          tone={count(atRisk) > 0 ? 'danger' : 'ok'}
          href="/migration/risks"
        />
        <Stat
          label={t('list.late')}
          value={count((site) => site.late)}
          tone={count((site) => site.late) > 0 ? 'danger' : 'ok'}
        />
      </div>
      {chosen ? (
        <>
          {places.length > 1 && (
            <p>
              <Link href="/migration" prefetch={false}>
                {t('list.all')}
              </Link>
            </p>
          )}
          <SitesTable
            caption={t('list.only', { territory: `${chosen.name} (${chosen.code})` })}
            sites={here}
            now={now}
            path="/migration"
            filters={{ territory: chosen.code }}
            after={after}
          />
        </>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <TileMap
            label={t('list.picture')}
            viewBox={MAINLAND}
            paths={MAP_OUTLINES}
            tiles={MAP_TILES}
            states={states}
          />
          <Places places={places} after={after} />
        </div>
      )}
    </div>
  )
}
