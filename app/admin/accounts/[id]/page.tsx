import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { FormSelect } from '#app/_doors/fields.tsx'
import { Tag } from '#components/tag.tsx'
import { ROLES } from '#db/schema/account.ts'
import { idOf } from '../../asked.ts'
import { NameField } from '../../name-field.tsx'
import { RecordForm } from '../../organisations/record-form.tsx'
import { lastChangeIn, readAccount } from '../../queries.ts'
import { AdminTabs } from '../../tabs.tsx'
import { RoleFields } from '../account-fields.tsx'
import { changeAccountAction } from '../actions.ts'
import { ActiveAccount, NewPassphrase, Sessions } from '../safety.tsx'
import { SignInWays } from '../ways.tsx'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await requireActor('accounts.keep')
  const row = await readAccount(actor, idOf((await params).id) ?? 0, new Date(requestTime()))
  return { title: row?.name }
}

/** One account: what it is and sees, where it is open, and how it is closed. */
export default async function AccountPage({ params }: Props) {
  const actor = await requireActor('accounts.keep')
  const now = new Date(requestTime())
  const row = await readAccount(actor, idOf((await params).id) ?? 0, now)
  if (!row) notFound()
  const change = await lastChangeIn(actor, `account:${row.id}`, ['account.changed', 'account.created'])
  const t = await getTranslations('accounts')
  const words = await getTranslations('vocabulary')
  const roles = Object.fromEntries(ROLES.map((role) => [role, words(`role.${role}`)]))
  const posts = row.posts.map((one) => ({ value: String(one.id), label: one.name }))
  return (
    <div className="grid gap-8">
      <div className="grid gap-1">
        <h1 className="flex flex-wrap items-center gap-3 text-3xl">
          {row.name} {!row.active && <Tag tone="warn">{t('out')}</Tag>}
        </h1>
        <p className="text-soft">
          {row.email} · {words(`role.${row.role}`)}
        </p>
        {row.organisation && (
          <p>
            <Link href={`/admin/organisations/${row.organisationId}`} prefetch={false}>
              {row.organisation}
            </Link>
            {row.sees && row.sees.length > 0
              ? ` · ${t('sees', { codes: row.sees.join(' ') })}`
              : ` · ${t('sees_own')}`}
          </p>
        )}
      </div>
      <AdminTabs current="/accounts" />
      <RecordForm
        action={changeAccountAction}
        name="account"
        record={row}
        change={change}
        written={[
          { name: 'name', label: t('field.name'), value: row.name },
          { name: 'role', label: t('field.role'), value: row.role, words: roles },
          { name: 'organisationText', label: t('field.organisation'), value: row.organisation ?? '' },
          {
            name: 'postId',
            label: t('field.post'),
            value: String(row.postId ?? ''),
            words: Object.fromEntries(posts.map((one) => [one.value, one.label])),
          },
        ]}
      >
        <NameField label={t('field.name')} value={row.name} />
        <RoleFields actor={actor} role={row.role} organisationId={row.organisationId} />
        {posts.length > 0 && (
          <FormSelect
            name="postId"
            label={t('field.post')}
            hint={t('field.post_hint')}
            options={posts}
            empty={t('field.no_post')}
            defaultValue={String(row.postId ?? '')}
          />
        )}
        <p className="text-sm text-soft">{t('role_ends_sessions')}</p>
      </RecordForm>
      <Sessions account={row} now={now} />
      {row.id === actor.accountId ? (
        <p className="max-w-[65ch] text-soft">{t('own')}</p>
      ) : (
        <>
          <SignInWays account={row} now={now} />
          <NewPassphrase id={row.id} />
          <ActiveAccount account={row} now={now} />
        </>
      )}
    </div>
  )
}
