import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Button } from '#components/button.tsx'
import { Tag } from '#components/tag.tsx'
import { idOf } from '../../asked.ts'
import { AdminTabs } from '../../tabs.tsx'
import { deleteRuleAction, setRuleActiveAction } from '../actions.ts'
import { lastRoutingChange, readRule } from '../queries.ts'
import { RuleForm } from '../rule-form.tsx'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await requireActor('routing.keep')
  const rule = await readRule(actor, idOf((await params).id) ?? 0)
  return { title: rule?.name }
}

/** One rule: changed in its place, put aside, or taken away. */
export default async function RulePage({ params }: Props) {
  const actor = await requireActor('routing.keep')
  const rule = await readRule(actor, idOf((await params).id) ?? 0)
  if (!rule) notFound()
  const change = await lastRoutingChange(actor, 'rule', rule.id)
  const t = await getTranslations('routing')
  return (
    <div className="grid gap-6">
      <h1 className="flex flex-wrap items-center gap-3 text-3xl">
        {rule.name} {!rule.active && <Tag tone="warn">{t('out')}</Tag>}
      </h1>
      <AdminTabs current="/routing" />
      <RuleForm actor={actor} rule={rule} change={change} />
      <section className="grid max-w-3xl gap-4 border-t border-line pt-4">
        <DoorForm action={setRuleActiveAction} name="active" className="grid gap-2">
          <input type="hidden" name="id" value={rule.id} />
          <input type="hidden" name="active" value={String(!rule.active)} />
          <p className="text-sm text-soft">{t('out_how')}</p>
          <div>
            <Button>{rule.active ? t('put_out') : t('put_back')}</Button>
          </div>
        </DoorForm>
        <DoorForm action={deleteRuleAction} name="delete" className="grid gap-2">
          <input type="hidden" name="id" value={rule.id} />
          <p className="text-sm text-soft">{t('delete_how')}</p>
          <div>
            <Button kind="danger">{t('delete')}</Button>
          </div>
        </DoorForm>
      </section>
    </div>
  )
}
