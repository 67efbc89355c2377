import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { readOrganisation } from '#app/directory/queries.ts'
import { LinkButton } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Tag } from '#components/tag.tsx'
import { contactColumns, siteColumns } from '../../directory-columns.tsx'

type Organisation = NonNullable<Awaited<ReturnType<typeof readOrganisation>>>

export async function Posts({ organisation: { id, posts } }: { organisation: Organisation }) {
  const t = await getTranslations('directory')
  return (
    <Held
      title={t('posts.title')}
      none={posts.length === 0 && t('posts.none')}
      add={t('posts.new')}
      href={`/admin/organisations/${id}/posts`}
    >
      <ul className="flex flex-wrap gap-2">
        {posts.map((post) => (
          <li key={post.id} className="rounded-m border border-line bg-raised px-3 py-2">
            <Part
              href={`/admin/organisations/${id}/posts/${post.id}`}
              name={post.name}
              out={!post.active && t('state.out')}
            />
          </li>
        ))}
      </ul>
    </Held>
  )
}

export async function Contacts({ organisation: { id, contacts } }: { organisation: Organisation }) {
  const t = await getTranslations('directory')
  const { post, reached } = await contactColumns<(typeof contacts)[number]>()
  return (
    <Held
      title={t('contacts.title')}
      none={contacts.length === 0 && t('contacts.none')}
      add={t('contacts.new')}
      href={`/admin/organisations/${id}/contacts`}
    >
      <DataTable
        caption={t('contacts.title')}
        rows={contacts}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'name',
            head: t('field.name'),
            rowHead: true,
            cell: (row) => (
              <Part
                href={`/admin/organisations/${id}/contacts/${row.id}`}
                name={row.name}
                out={!row.active && t('state.out')}
              />
            ),
          },
          post,
          ...reached,
        ]}
      />
    </Held>
  )
}

export async function Sites({ organisation: { id, sites } }: { organisation: Organisation }) {
  const t = await getTranslations('directory')
  return (
    <Held
      title={t('sites.title')}
      none={sites.length === 0 && t('sites.none')}
      add={t('sites.new')}
      href={`/admin/organisations/${id}/sites`}
    >
      <DataTable
        caption={t('sites.title')}
        rows={sites}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'name',
            head: t('field.name'),
            rowHead: true,
            cell: (row) => (
              <Part
                href={`/admin/organisations/${id}/sites/${row.id}`}
                name={row.name}
                out={!row.active && t('state.out')}
              />
            ),
          },
          ...(await siteColumns<(typeof sites)[number]>()),
        ]}
      />
    </Held>
  )
}

function Held({
  title,
  none,
  add,
  href,
  children,
}: {
  title: string
  none: string | false
  add: string
  href: string
  children: ReactNode
}) {
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-xl">{title}</h2>
        <LinkButton icon="plus" size="dense" href={`${href}/new`}>
          {add}
        </LinkButton>
      </div>
      {none ? <p className="text-soft">{none}</p> : children}
    </section>
  )
}

function Part({ href, name, out }: { href: string; name: string; out: string | false }) {
  return (
    <>
      <Link href={href} prefetch={false}>
        {name}
      </Link>{' '}
      {out && <Tag tone="warn">{out}</Tag>}
    </>
  )
}
