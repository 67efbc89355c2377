import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { type Asker, CAPABILITIES, roleMay } from '#app/_auth/rules/roles.ts'
import { requireActor } from '#app/_auth/session.ts'
import { DataTable } from '#components/data-table.tsx'
import { Icon } from '#components/icon.tsx'
import { ROLES } from '#db/schema/account.ts'
import { AdminHead } from '../head.tsx'

const ASKERS: Asker[] = [...ROLES, 'machine']

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('roles.title') }
}

/** Who may what: the table that is applied, as it is applied. */
export default async function RolesPage() {
  await requireActor('accounts.keep')
  const [t, words] = [await getTranslations('admin'), await getTranslations('vocabulary')]
  const yes = (
    <>
      <Icon name="check" className="text-ok" />
      <span className="sr-only">{t('roles.yes')}</span>
    </>
  )
  return (
    <div className="grid gap-6">
      <AdminHead title={t('roles.title')} at="/roles" />
      <p className="max-w-[75ch]">{t('roles.intro')}</p>
      <p className="max-w-[75ch] text-soft">{t('roles.scope')}</p>
      <DataTable
        caption={t('roles.caption')}
        showCaption
        dense
        rows={CAPABILITIES}
        rowKey={(capability) => capability}
        columns={[
          {
            key: 'what',
            head: t('roles.what'),
            rowHead: true,
            cell: (capability) => t(`roles.capability.${capability}`),
          },
          ...ASKERS.map((asker) => ({
            key: asker,
            head: asker === 'machine' ? t('roles.machine') : words(`role.${asker}`),
            cell: (capability: (typeof CAPABILITIES)[number]) => (roleMay(asker, capability) ? yes : '–'),
          })),
        ]}
      />
    </div>
  )
}
