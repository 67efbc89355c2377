import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { idOf } from '#app/admin/asked.ts'
import { Button, LinkButton } from '#components/button.tsx'
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
  const [t, every] = [await getTranslations('register'), await getTranslations()]
  if (!tried.ok)
    return (
      <div className="grid gap-6">
        <h1 className="text-3xl">{t('receive.title')}</h1>
        <LearningTabs current="/register/exchange" />
        <EmptyState
          title={t('receive.gone')}
          actions={<LinkButton href="/register/exchange">{t('receive.back')}</LinkButton>}
        />
      </div>
    )
  const { id, fileName, arriving, faults, todo, shown } = tried.value
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <h1 className="text-3xl wrap-anywhere">{t('receive.of', { file: fileName || t('receive.pasted') })}</h1>
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
        <DataTable
          dense
          caption={t('receive.faults', { count: faults.length })}
          rows={faults.map((fault, at) => ({ ...fault, at }))}
          rowKey={({ at }) => at}
          rowProps={() => ({ 'data-accent': 'danger' })}
          columns={[
            { key: 'line', head: t('receive.line'), rowHead: true, cell: ({ line }) => line },
            {
              key: 'why',
              head: t('receive.why'),
              cell: ({ key, values }) => every(key as never, values as never),
            },
          ]}
        />
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
      {faults.length === 0 && todo > 0 && (
        <DoorForm action={confirmReceiveAction} name="confirm" className="flex flex-wrap gap-3">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="shown" value={shown} />
          <Button kind="primary" size="large">
            {t('receive.confirm', { count: todo })}
          </Button>
        </DoorForm>
      )}
      <p>
        <LinkButton kind="quiet" href="/register/exchange">
          {t('receive.back')}
        </LinkButton>
      </p>
    </div>
  )
}
