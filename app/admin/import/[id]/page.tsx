import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { ConfirmTrial, LineFaults } from '#app/_doors/upload-trial.tsx'
import { dryRun } from '#app/directory/commands/import.ts'
import { lostZeros } from '#app/directory/rules/import-zeros.ts'
import { Button, LinkButton } from '#components/button.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Notice } from '#components/notice.tsx'
import { idOf } from '../../asked.ts'
import { AdminTabs } from '../../tabs.tsx'
import { confirmImportAction, giveZerosBackAction } from '../actions.ts'
import { TryForm } from '../try-form.tsx'
import { Planned } from './lines.tsx'

/** Above this, a page is no place to correct a file. */
const MOST_SHOWN = 200_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('directory'))('import.title') }
}

/** The dry run: every line that is wrong, and what would happen. Nothing enters before the last button. */
export default async function DryRunPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('directory.keep')
  const tried = await dryRun(actor, idOf((await params).id) ?? 0)
  const [t, forms] = [await getTranslations('directory'), await getTranslations('forms')]
  if (!tried.ok)
    return (
      <div className="grid gap-6">
        <h1 className="text-3xl">{t('import.title')}</h1>
        <AdminTabs current="/import" />
        <EmptyState
          title={t('import.gone')}
          actions={<LinkButton href="/admin/import">{t('import.other')}</LinkButton>}
        />
      </div>
    )
  const { fileName, content, plan } = tried.value
  const made = plan.planned.filter(({ changes }) => changes === null).length
  const same = plan.planned.filter(({ changes }) => changes?.length === 0).length
  const todo = plan.planned.length - same
  const wrong = new Set(plan.faults.map(({ line }) => line)).size
  const ready = wrong === 0 && todo > 0
  const zeros = lostZeros(plan.faults).length

  return (
    <div className="grid grid-cols-1 gap-6">
      <h1 className="text-3xl wrap-anywhere">
        {t('import.result', { file: fileName || forms('upload.pasted') })}
      </h1>
      <AdminTabs current="/import" />
      <Notice
        tone={wrong > 0 ? 'danger' : ready ? 'ok' : 'info'}
        title={
          wrong > 0 ? t('import.faults', { count: wrong }) : ready ? t('import.ready') : t('import.nothing')
        }
      >
        {t('import.nothing_yet')} {wrong > 0 && t('import.faults_text')}{' '}
        {ready && t('import.summary', { made, changed: todo - made, same })}
      </Notice>
      {zeros > 0 && (
        <DoorForm action={giveZerosBackAction} name="zeros">
          <input type="hidden" name="id" value={tried.value.id} />
          <input type="hidden" name="shown" value={tried.value.shown} />
          <Button kind="primary">{t('import.zeros', { count: zeros })}</Button>
        </DoorForm>
      )}
      {wrong > 0 && (
        <LineFaults caption={t('import.faults', { count: wrong })} faults={plan.faults} content={content} />
      )}
      {ready && (
        <ConfirmTrial
          action={confirmImportAction}
          trial={tried.value}
          send={t('import.confirm_count', { count: todo })}
          other={{ href: '/admin/import', label: t('import.other') }}
        />
      )}
      <Planned planned={plan.planned} />
      {!ready && (
        <section className="grid grid-cols-1 gap-4">
          <h2 className="text-xl">{t('import.again')}</h2>
          {content.length > MOST_SHOWN && <p className="text-soft">{t('import.again_file')}</p>}
          <TryForm again content={content.length > MOST_SHOWN ? '' : content} />
        </section>
      )}
    </div>
  )
}
