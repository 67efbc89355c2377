import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tag } from '#components/tag.tsx'
import type { listTokens } from '../queries.ts'
import { revokeTokenAction } from './actions.ts'

type Token = Awaited<ReturnType<typeof listTokens>>[number]

/** Every key ever made: those that open first, then those revoked and when. */
export async function TokensTable({ tokens, now }: { tokens: Token[]; now: Date }) {
  const t = await getTranslations('accounts')
  return (
    <DataTable
      caption={t('tokens.list')}
      showCaption
      rows={tokens}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t('tokens.none')}>{t('tokens.none_text')}</EmptyState>}
      columns={[
        { key: 'name', head: t('tokens.name'), rowHead: true, cell: (row) => row.name },
        { key: 'organisation', head: t('field.organisation'), cell: (row) => row.organisation ?? '–' },
        {
          key: 'account',
          head: t('tokens.account'),
          cell: (row) => (
            <Link href={`/admin/accounts/${row.accountId}`} prefetch={false}>
              {row.account}
            </Link>
          ),
        },
        { key: 'purpose', head: t('tokens.purpose'), cell: (row) => t(`tokens.for.${row.purpose}`) },
        { key: 'made', head: t('tokens.made'), cell: (row) => <Moment at={row.createdAt} now={now} /> },
        {
          key: 'state',
          head: t('tokens.state'),
          cell: (row) =>
            row.revokedAt ? (
              <span>
                {t('tokens.revoked')} <Moment at={row.revokedAt} now={now} />
              </span>
            ) : row.accountActive ? (
              <Tag tone="ok">{t('tokens.open')}</Tag>
            ) : (
              <Tag tone="warn">{t('tokens.account_out')}</Tag>
            ),
        },
        {
          key: 'revoke',
          head: <span className="sr-only">{t('tokens.revoke')}</span>,
          cell: (row) =>
            !row.revokedAt && (
              <DoorForm action={revokeTokenAction} name={`revoke-${row.id}`}>
                <input type="hidden" name="id" value={row.id} />
                <Button size="dense" aria-label={t('tokens.revoke_named', { name: row.name })}>
                  {t('tokens.revoke')}
                </Button>
              </DoorForm>
            ),
        },
      ]}
    />
  )
}
