import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { AccountActor } from '#app/_auth/actor.ts'
import { readOrganisation } from '#app/directory/queries.ts'
import { Tag } from '#components/tag.tsx'
import { idOf } from '../asked.ts'
import { AdminTabs } from '../tabs.tsx'
import { ActiveForm } from './active-form.tsx'

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

type Noun = 'posts' | 'contacts' | 'sites'
const KINDS = { posts: 'post', contacts: 'contact', sites: 'site' } as const

export async function partMetadata(noun: Noun, { params }: PartProps): Promise<Metadata> {
  const t = await getTranslations('directory')
  return { title: (await params).item === 'new' ? t(`${noun}.new`) : t(`${noun}.edit`) }
}

/** Around the form of a post, a contact or a site: what it is, the way back to its organisation, and out of use or in again. */
export async function PartFrame({
  noun,
  organisation,
  row,
  children,
}: {
  noun: Noun
  organisation: { id: number; name: string }
  row: { id: number; active: boolean } | null
  children: ReactNode
}) {
  const t = await getTranslations('directory')
  return (
    <div className="grid gap-6">
      <div className="grid gap-1">
        <h1 className="text-3xl">{row ? t(`${noun}.edit`) : t(`${noun}.new`)}</h1>
        <p className="flex flex-wrap items-center gap-2">
          <Link href={`/admin/organisations/${organisation.id}`} prefetch={false}>
            {t('back_to', { name: organisation.name })}
          </Link>
          {row && !row.active && <Tag tone="warn">{t('state.out')}</Tag>}
        </p>
      </div>
      <AdminTabs current="/organisations" />
      {children}
      {row && <ActiveForm kind={KINDS[noun]} id={row.id} active={row.active} />}
    </div>
  )
}
