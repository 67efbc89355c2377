import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { CHANNEL_NAMES, type ChannelName } from '#app/notifications/channels/settings.ts'
import { readChannels } from '#app/notifications/queries.ts'
import { FAILING_AFTER } from '#app/operations/rules/setup.ts'
import { Tag } from '#components/tag.tsx'
import { AdminHead } from '../head.tsx'
import { ChannelForm } from './channel-form.tsx'
import { TryForm } from './try-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('channels'))('title') }
}

/** By what messages leave the house: each with what it last proved, a button that tries it, and its settings. */
export default async function ChannelsPage() {
  const actor = await requireActor('settings.keep')
  const now = new Date(requestTime())
  const { channels, ways } = await readChannels(actor)
  const t = await getTranslations('channels')
  return (
    <div className="grid gap-8">
      <AdminHead title={t('title')} at="/messaging" />
      <p className="max-w-[65ch] text-soft">{t('explain')}</p>
      {CHANNEL_NAMES.map((name) => (
        <section key={name} className="grid max-w-3xl gap-4 border-t border-line pt-4" aria-labelledby={name}>
          <div className="flex flex-wrap items-baseline gap-3">
            <h2 id={name} className="text-xl">
              {t(`name.${name}`)}
            </h2>
            <State channel={channels[name]} />
          </div>
          <Proof channel={channels[name]} now={now} />
          {channels[name].settings && <TryForm name={name} ways={ways} />}
          <Secrets secrets={channels[name].secrets} />
          <ChannelForm name={name} settings={channels[name].settings} />
        </section>
      ))}
    </div>
  )
}

type Channel = Awaited<ReturnType<typeof readChannels>>['channels'][ChannelName]

async function State({ channel: { settings, broken, failures } }: { channel: Channel }) {
  const t = await getTranslations('channels')
  if (broken) return <Tag tone="danger">{t('state.broken')}</Tag>
  if (!settings) return <Tag tone="danger">{t('state.unset')}</Tag>
  if (failures >= FAILING_AFTER) return <Tag tone="danger">{t('state.failing')}</Tag>
  return <Tag tone="ok">{t('state.set')}</Tag>
}

async function Proof({
  channel: { acceptedAt, arrivedAt, failedAt, error },
  now,
}: {
  channel: Channel
  now: Date
}) {
  const t = await getTranslations('channels')
  return (
    <ul className="grid gap-1">
      <li>
        {t('proof.accepted')} {acceptedAt ? <Moment at={acceptedAt} now={now} /> : t('proof.never')}
      </li>
      <li>
        {t('proof.arrived')} {arrivedAt ? <Moment at={arrivedAt} now={now} /> : t('proof.never')}
      </li>
      {error && failedAt && (
        <li className="text-danger">
          {t('proof.failed')} <Moment at={failedAt} now={now} /> : {error}
        </li>
      )}
    </ul>
  )
}

async function Secrets({ secrets }: { secrets: Channel['secrets'] }) {
  const t = await getTranslations('channels')
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {secrets.map(({ name, given }) => (
        <li key={name}>
          <code>{name}</code>{' '}
          <Tag tone={given ? 'ok' : 'neutral'}>{t(given ? 'secret.given' : 'secret.missing')}</Tag>
        </li>
      ))}
    </ul>
  )
}
