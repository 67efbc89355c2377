import { getTranslations } from 'next-intl/server'
import {
  COLUMNS,
  FRENCH_HEADERS,
  type ImportColumn,
  type LineKind,
} from '#app/directory/rules/import-format.ts'
import { DataTable } from '#components/data-table.tsx'

const FOR: Record<ImportColumn, LineKind[]> = {
  type: [],
  organisation: [],
  kind: ['organisation'],
  territory: ['organisation', 'site'],
  sees: ['organisation'],
  post: ['post', 'contact'],
  person: ['contact'],
  phone: ['contact'],
  email: ['contact'],
  callBack: ['contact'],
  site: ['site'],
  commune: ['site'],
  access: ['site'],
  operator: ['site'],
  numbers: ['site'],
  active: [],
  id: [],
}

/** What the file may say, column by column. */
export async function Columns() {
  const t = await getTranslations('directory')
  return (
    <details className="max-w-4xl rounded-m border border-line bg-raised">
      <summary className="min-h-11 cursor-pointer px-3 py-2.5 font-semibold">{t('import.columns')}</summary>
      <div className="grid gap-3 border-t border-line p-3">
        <p className="max-w-[65ch] text-soft">{t('import.columns_text')}</p>
        <DataTable
          dense
          caption={t('import.columns')}
          rows={COLUMNS}
          rowKey={(column) => column}
          columns={[
            {
              key: 'name',
              head: t('import.column.name'),
              rowHead: true,
              cell: (column) => <code className="text-sm">{FRENCH_HEADERS[column]}</code>,
            },
            {
              key: 'for',
              head: t('import.column.for'),
              cell: (column) =>
                FOR[column].map((kind) => t(`import.kind.${kind}`)).join(', ') || t('import.everywhere'),
            },
            {
              key: 'what',
              head: t('import.column.what'),
              cell: (column) => t(`import.column.text.${column}`),
            },
          ]}
        />
      </div>
    </details>
  )
}
