import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { getActor } from '#app/_auth/session.ts'
import { DataTable } from '#components/data-table.tsx'
import { LISTS, type ListName } from './_exports/lists.ts'
import { askedOf, DOORS, saidTo } from './_openapi/document.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('doors'))('title') }
}

/** The doors for machines, to be read by a person; for whoever is signed in, the lists that he may take away. */
export default async function DoorsPage() {
  const t = await getTranslations('doors')
  const actor = await getActor()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <header className="grid gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <p className="max-w-[65ch]">{t('intro')}</p>
        <p>
          <a href="/api/openapi.json">{t('file')}</a>
        </p>
      </header>
      <section className="grid max-w-[65ch] gap-2">
        <h2 className="text-xl">{t('keys_title')}</h2>
        <p>{t('keys')}</p>
      </section>
      {actor && may(actor, 'cases.report') && <Lists />}
      <DataTable
        caption={t('caption')}
        rows={DOORS}
        rowKey={({ name }) => name}
        columns={[
          {
            key: 'door',
            head: t('door'),
            rowHead: true,
            cell: ({ name, method, path }) => (
              <>
                {t(`of.${name}` as never)}
                <code className="block text-sm font-normal wrap-anywhere">
                  {method.toUpperCase()} {path}
                </code>
              </>
            ),
          },
          {
            key: 'key',
            head: t('key'),
            cell: ({ scope, path }) => scope ?? t(path.includes('{key}') ? 'in_address' : 'anybody'),
          },
          {
            key: 'asks',
            head: t('asks'),
            cell: (door) => (
              <span className="text-sm wrap-anywhere">
                {[...askedOf(door).map(({ name }) => name), ...saidTo(door)].join(', ') || '–'}
              </span>
            ),
          },
        ]}
      />
    </div>
  )
}

async function Lists() {
  const t = await getTranslations('doors')
  return (
    <section className="grid gap-2">
      <h2 className="text-xl">{t('lists_title')}</h2>
      <p className="max-w-[65ch]">{t('lists')}</p>
      <ul className="flex flex-wrap gap-x-6">
        {(Object.keys(LISTS) as ListName[]).flatMap((list) =>
          (['csv', 'jsonl'] as const).map((format) => (
            <li key={`${list} ${format}`}>
              <a
                href={`/api/v1/exports/${list}?format=${format}`}
                download
                className="inline-flex min-h-11 items-center"
              >
                {t('take', { list: t(`list.${list}`), format: t(`format.${format}`) })}
              </a>
            </li>
          )),
        )}
      </ul>
    </section>
  )
}
