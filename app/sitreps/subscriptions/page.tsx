import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBoxes, FormSelect } from '#app/_doors/fields.tsx'
import { rowId } from '#app/_doors/rules/row-id.ts'
import { Colon } from '#app/_i18n/colon.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
import { RealHere } from '#app/exercises/_parts/real-here.tsx'
import { Button } from '#components/button.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Icon } from '#components/icon.tsx'
import { NOTICE_CHANNELS } from '#db/schema/crisis.ts'
import { subscribeAction } from '../actions.ts'
import { readSubscriptions, type SubscribedPost } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sitreps.subscriptions'))('title') }
}

/** What each post of an authority has sent to itself: from which level, of what, by what. */
export default async function SubscriptionsPage({
  searchParams,
}: {
  searchParams: Promise<{ organisation?: string | string[] }>
}) {
  const actor = await requireActor('notices.acknowledge')
  const now = new Date(requestTime())
  const asked = rowId((await searchParams).organisation)
  if (!actor.organisationId && !may(actor, 'directory.keep')) notFound()
  const read = await readSubscriptions(actor, asked)
  if (!read) notFound()
  const t = await getTranslations('sitreps.subscriptions')
  return (
    <div className="mx-auto grid max-w-3xl gap-5">
      <Link
        href="/sitreps"
        prefetch={false}
        className="inline-flex min-h-9 items-center gap-1 justify-self-start"
      >
        <Icon name="left" /> {t('back')}
      </Link>
      <h1 className="text-3xl">
        {t('title')}
        <span className="block text-lg font-normal text-soft">{read.organisation}</span>
      </h1>
      <p className="max-w-[65ch] text-soft">{t('intro')}</p>
      <RealHere actor={actor} />
      {read.posts.length === 0 && <EmptyState title={t('none')}>{t('none_text')}</EmptyState>}
      {read.posts.map((one) => (
        <PostForm key={one.id} post={one} numbers={read.numbers} territories={read.territories} now={now} />
      ))}
    </div>
  )
}

async function PostForm({
  post,
  numbers,
  territories,
  now,
}: {
  post: SubscribedPost
  numbers: string[]
  territories: { code: string; name: string }[]
  now: Date
}) {
  const [t, levels] = [await getTranslations('sitreps.subscriptions'), await getTranslations('vocabulary')]
  const none = t('no_address')
  return (
    <section aria-labelledby={`post-${post.id}`} className="rounded-m border border-line bg-raised p-4">
      <h2 id={`post-${post.id}`} className="text-xl">
        {post.name}
      </h2>
      <p className="flex flex-wrap gap-x-4 text-soft">
        <span>
          {t('mail')}
          <Colon />
          <span className="break-all">{post.reached?.email ?? none}</span>
        </span>
        <span>
          {t('phone')}
          <Colon />
          {post.reached?.phone ? showPhone(post.reached.phone) : none}
        </span>
      </p>
      <DoorForm action={subscribeAction} name={`subscription-${post.id}`} className="mt-3 grid gap-4">
        <input type="hidden" name="postId" value={post.id} />
        <FormBoxes
          name="channels[]"
          label={t('channels')}
          hint={t('channels_hint')}
          defaultValues={post.channels ?? []}
          options={NOTICE_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
        />
        <FormSelect
          name="fromLevel"
          label={t('from_level')}
          defaultValue={String(post.fromLevel ?? 2)}
          options={([1, 2, 3, 4] as const).map((level) => ({
            value: String(level),
            label: levels(`level.${level}`),
          }))}
        />
        <FormBoxes
          name="numbers[]"
          label={t('numbers')}
          hint={t('numbers_hint')}
          layout="row"
          defaultValues={post.numbers ?? []}
          options={numbers.map((number) => ({ value: number, label: number }))}
        />
        {territories.length > 1 && (
          <FormBoxes
            name="territories[]"
            label={t('territories')}
            hint={t('territories_hint')}
            defaultValues={post.territories ?? []}
            options={territories.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button kind="primary">{t('save')}</Button>
          {post.at && (
            <span className="text-soft">
              {t('since', { name: post.byName ?? '' })} <Moment at={post.at} now={now} />
            </span>
          )}
        </div>
      </DoorForm>
    </section>
  )
}
