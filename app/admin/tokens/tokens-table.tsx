import Link from 'next/link'
import { getFormatter, getTranslations } from 'next-intl/server'
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
  const format = await getFormatter()
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
        {
          key: 'purpose',
          head: t('tokens.purpose'),
          cell: (row) => format.list(row.scopes.map((one) => t(`tokens.scope.${one}`))),
        },
        { key: 'made', head: t('tokens.made'), cell: (row) => <Moment at={row.createdAt} now={now} /> },
        {
          key: 'used',
          head: t('tokens.used'),
          cell: (row) => (row.lastUsedAt ? <Moment at={row.lastUsedAt} now={now} /> : t('tokens.used_never')),
        },
        {
          key: 'state',
          head: t('tokens.state'),
          cell: (row) =>
            row.revokedAt ? (
              <span>
                {t('tokens.revoked')} <Moment at={row.revokedAt} now={now} />
              </span>
            ) : row.expiresAt <= now ? (
              <span>
                {t('tokens.ended')} <Moment at={row.expiresAt} now={now} />
              </span>
            ) : row.accountActive ? (
              <span>
                <Tag tone="ok">{t('tokens.open')}</Tag> {t('tokens.until')}{' '}
                <Moment at={row.expiresAt} now={now} />
              </span>
            ) : (
              <Tag tone="warn">{t('tokens.account_out')}</Tag>
            ),
        },
        {
          key: 'revoke',
          head: <span className="sr-only">{t('tokens.revoke')}</span>,
          cell: (row) =>
            !row.revokedAt &&
            row.expiresAt > now && (
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
