import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { ConfirmTrial, LineFaults } from '#app/_doors/upload-trial.tsx'
import { idOf } from '#app/admin/asked.ts'
import { LinkButton } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { Tag } from '#components/tag.tsx'
import { Differences } from '../../_parts/differences.tsx'
import { confirmReceiveAction } from '../../actions.ts'
import { tryRegister } from '../../commands/receive.ts'
import { LearningTabs } from '../../tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('register'))('receive.title') }
}

/** What a neighbour's file would bring, with its differences; each refused line by its number. Nothing enters before the last button. */
export default async function ReceivePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('register.keep')
  const tried = await tryRegister(actor, idOf((await params).id) ?? 0)
  const [t, forms] = [await getTranslations('register'), await getTranslations('forms')]
  const back = { href: '/register/exchange', label: t('receive.back') }
  if (!tried.ok)
    return (
      <div className="grid gap-6">
        <h1 className="text-3xl">{t('receive.title')}</h1>
        <LearningTabs current="/register/exchange" />
        <EmptyState
          title={t('receive.gone')}
          actions={<LinkButton href={back.href}>{back.label}</LinkButton>}
        />
      </div>
    )
  const { fileName, arriving, faults, todo } = tried.value
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <h1 className="text-3xl wrap-anywhere">
        {t('receive.of', { file: fileName || forms('upload.pasted') })}
      </h1>
      <LearningTabs current="/register/exchange" />
      <Notice
        tone={faults.length > 0 ? 'danger' : todo > 0 ? 'ok' : 'info'}
        title={
          faults.length > 0
            ? t('receive.faults', { count: faults.length })
            : t(todo > 0 ? 'receive.ready' : 'receive.nothing')
        }
      >
        {t('receive.nothing_yet')} {faults.length > 0 && t('receive.faults_text')}
      </Notice>
      {faults.length > 0 && (
        <LineFaults caption={t('receive.faults', { count: faults.length })} faults={faults} />
      )}
      {arriving.length > 0 && (
        <DataTable
          caption={t('receive.title')}
          rows={arriving}
          rowKey={({ line }) => line}
          columns={[
            {
              key: 'record',
              head: t('field.record'),
              rowHead: true,
              cell: ({ recordId }) => <span className="wrap-anywhere">{recordId}</span>,
            },
            {
              key: 'kind',
              head: t('receive.effect'),
              cell: ({ kind, version }) => t(`arrival.${kind}`, { version }),
            },
            { key: 'author', head: t('receive.author'), cell: ({ author }) => author },
            { key: 'tlp', head: t('field.tlp'), cell: ({ tlp }) => <Tag tone="info">{tlp}</Tag> },
            {
              key: 'differences',
              head: t('differences'),
              cell: ({ kind, differences }) =>
                kind === 'correction' ? <Differences differences={differences} /> : '–',
            },
          ]}
        />
      )}
      {faults.length === 0 && todo > 0 ? (
        <ConfirmTrial
          action={confirmReceiveAction}
          trial={tried.value}
          send={t('receive.confirm', { count: todo })}
          other={back}
        />
      ) : (
        <p>
          <LinkButton kind="quiet" href={back.href}>
            {back.label}
          </LinkButton>
        </p>
      )}
    </div>
  )
}
