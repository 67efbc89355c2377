import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tag } from '#components/tag.tsx'
import type { Territory } from '../organisations/territories.ts'
import { moveRuleAction } from './actions.ts'
import { conditionWords } from './conditions.ts'
import type { ListedRule } from './queries.ts'

export type Person = { id: number; name: string; active: boolean }

/** The rules as they are read: the first that holds takes the report. */
export async function RulesTable({
  rules,
  people,
  territories,
}: {
  rules: ListedRule[]
  people: Person[]
  territories: Territory[]
}) {
  const t = await getTranslations('routing')
  const when = await conditionWords(territories)
  const name = (id: number) => people.find((one) => one.id === id)?.name
  return (
    <DataTable
      caption={t('rules')}
      rows={rules.map((rule, index) => ({ rule, rank: index + 1 }))}
      rowKey={({ rule }) => rule.id}
      empty={<EmptyState title={t('none')}>{t('none_text')}</EmptyState>}
      columns={[
        {
          key: 'name',
          head: t('rule'),
          rowHead: true,
          cell: ({ rule, rank }) => (
            <span className="flex items-baseline gap-2">
              <span className="min-w-[1.5ch] text-soft tabular-nums">{rank}.</span>
              <span>
                <Link href={`/admin/routing/${rule.id}`} prefetch={false}>
                  {rule.name}
                </Link>{' '}
                {!rule.active && <Tag tone="warn">{t('out')}</Tag>}
              </span>
            </span>
          ),
        },
        {
          key: 'when',
          head: t('takes'),
          cell: ({ rule }) => {
            const lines = when(rule)
            return lines.length === 0 ? t('when.all') : <Lines lines={lines} />
          },
        },
        { key: 'team', head: t('team'), cell: ({ rule }) => rule.team },
        {
          key: 'order',
          head: t('order'),
          cell: ({ rule }) => rule.assigneeOrder.map(name).filter(Boolean).join(', ') || t('nobody'),
        },
        {
          key: 'move',
          head: <span className="sr-only">{t('move')}</span>,
          cell: ({ rule, rank }) => <Move rule={rule} first={rank === 1} last={rank === rules.length} />,
        },
      ]}
    />
  )
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <span className="grid">
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </span>
  )
}

async function Move({ rule, first, last }: { rule: ListedRule; first: boolean; last: boolean }) {
  const t = await getTranslations('routing')
  return (
    <DoorForm action={moveRuleAction} name={`move-${rule.id}`} className="flex gap-1.5">
      <input type="hidden" name="id" value={rule.id} />
      {!first && (
        <Button size="dense" name="to" value="up" aria-label={t('up_named', { name: rule.name })}>
          {t('up')}
        </Button>
      )}
      {!last && (
        <Button size="dense" name="to" value="down" aria-label={t('down_named', { name: rule.name })}>
          {t('down')}
        </Button>
      )}
    </DoorForm>
  )
}
