import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { lastChange, readChoices, readOrganisation } from '#app/directory/queries.ts'
import { Notice } from '#components/notice.tsx'
import { Tag } from '#components/tag.tsx'
import { type Asked, idOf, one } from '../../asked.ts'
import { AdminTabs } from '../../tabs.tsx'
import { ActiveForm } from '../active-form.tsx'
import { OrganisationForm } from '../organisation-form.tsx'
import { Accounts } from './accounts.tsx'
import { Contacts, Posts, Sites } from './held.tsx'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Asked> }

const DONE = ['made', 'post', 'contact', 'site'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await requireActor('directory.keep')
  const id = idOf((await params).id)
  return { title: (id && (await readOrganisation(actor, id))?.name) || undefined }
}

/** One organisation: what it is, and the posts, contacts and sites that hang on it. */
export default async function OrganisationPage({ params, searchParams }: Props) {
  const actor = await requireActor('directory.keep')
  const id = idOf((await params).id)
  const organisation = id && (await readOrganisation(actor, id))
  if (!organisation) notFound()
  const [{ territories }, change] = [
    await readChoices(actor),
    await lastChange(actor, 'organisation', organisation.id),
  ]
  const asked = await searchParams
  const done = DONE.find((what) => what === one(asked, 'done'))
  const t = await getTranslations('directory')
  const [words, subscriptions] = [
    await getTranslations('vocabulary'),
    await getTranslations('sitreps.subscriptions'),
  ]

  return (
    <div className="grid gap-8">
      <div className="grid gap-1">
        <h1 className="text-3xl">{organisation.name}</h1>
        <p className="flex flex-wrap items-center gap-2 text-soft">
          {words(`organisationKind.${organisation.kind}`)} ·{' '}
          {organisation.place ?? organisation.territoryCode}
          {!organisation.active && <Tag tone="warn">{t('state.out')}</Tag>}
        </p>
      </div>
      <AdminTabs current="/organisations" />
      {done && (
        <Notice tone="ok" live>
          {t(`done.${done}`)}
        </Notice>
      )}
      <Posts organisation={organisation} />
      <Link
        href={`/sitreps/subscriptions?organisation=${organisation.id}`}
        prefetch={false}
        className="inline-flex min-h-11 items-center justify-self-start"
      >
        {subscriptions('link')}
      </Link>
      <Contacts organisation={organisation} />
      <Sites organisation={organisation} />
      <Accounts organisation={organisation} />
      <section className="grid gap-4">
        <h2 className="text-xl">{t('organisations.record')}</h2>
        <OrganisationForm organisation={organisation} territories={territories} change={change} />
        <ActiveForm kind="organisation" id={organisation.id} active={organisation.active} />
      </section>
    </div>
  )
}
