import { getTranslations } from 'next-intl/server'
import type { Column } from '#components/data-table.tsx'
import type { SiteAccess } from '#db/schema/directory.ts'
import { ContactPhone } from './organisations/contact-phone.tsx'

/** What a list says of each person and of each site, under an organisation or over all of them. */
type Contact = { post: string | null; phone: string | null; callBack: boolean; email: string | null }
type Site = { numbers: string[]; access: SiteAccess; operator: string | null }

export async function contactColumns<Row extends Contact>() {
  const t = await getTranslations('directory')
  return {
    post: { key: 'post', head: t('field.post'), cell: (row) => row.post ?? '–' },
    reached: [
      {
        key: 'phone',
        head: t('field.phone'),
        cell: (row) => <ContactPhone phone={row.phone} callBack={row.callBack && t('contacts.call_back')} />,
      },
      { key: 'email', head: t('field.email'), cell: (row) => row.email ?? '–' },
    ],
  } satisfies { post: Column<Row>; reached: Column<Row>[] }
}

export async function siteColumns<Row extends Site>(): Promise<Column<Row>[]> {
  const [t, words] = [await getTranslations('directory'), await getTranslations('vocabulary')]
  return [
    {
      key: 'numbers',
      head: t('field.numbers_short'),
      cell: (row) => row.numbers.join(' · ') || t('sites.no_number'),
    },
    { key: 'access', head: t('field.access'), cell: (row) => words(`siteAccess.${row.access}`) },
    { key: 'operator', head: t('field.operator'), cell: (row) => row.operator ?? '–' },
  ]
}
