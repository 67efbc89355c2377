import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { AccountActor } from '#app/_auth/actor.ts'
import { readOrganisation } from '#app/directory/queries.ts'
import { Tag } from '#components/tag.tsx'
import { idOf } from '../asked.ts'
import { AdminTabs } from '../tabs.tsx'

export type PartProps = { params: Promise<{ id: string; item: string }> }

/**
 * The organisation of an address like /admin/organisations/12/posts/3 and the row of it: null for `new`. A row of another
 * organisation is not found.
 */
export async function partOf<Row extends { organisationId: number }>(
  actor: AccountActor,
  { params }: PartProps,
  read: (actor: AccountActor, id: number) => Promise<Row | null>,
) {
  const { id, item } = await params
  const organisation = await readOrganisation(actor, idOf(id) ?? 0)
  const row = item === 'new' ? null : await read(actor, idOf(item) ?? 0)
  if (!organisation || (item !== 'new' && row?.organisationId !== organisation.id)) notFound()
  return { organisation, row }
}

/** Around the form of a post, a contact or a site: what it is, and the way back to its organisation. */
export async function PartFrame({
  title,
  organisation,
  active = true,
  children,
}: {
  title: string
  organisation: { id: number; name: string }
  active?: boolean
  children: ReactNode
}) {
  const t = await getTranslations('directory')
  return (
    <div className="grid gap-6">
      <div className="grid gap-1">
        <h1 className="text-3xl">{title}</h1>
        <p className="flex flex-wrap items-center gap-2">
          <Link href={`/admin/organisations/${organisation.id}`} prefetch={false}>
            {t('back_to', { name: organisation.name })}
          </Link>
          {!active && <Tag tone="warn">{t('state.out')}</Tag>}
        </p>
      </div>
      <AdminTabs current="/organisations" />
      {children}
    </div>
  )
}
