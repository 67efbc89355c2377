import { getLocale, getTranslations } from 'next-intl/server'
import { DataTable } from '#components/data-table.tsx'
import type { IncidentPage } from '../queries.ts'

type Tested = { passed: number; tried: number }

/** Number by number: where, and what the tests say. */
export async function TouchedNumbers({ page }: { page: IncidentPage }) {
  const [t, tests] = [await getTranslations('incidents'), await testWords()]
  return (
    <DataTable
      caption={t('page.numbers')}
      showCaption
      dense
      rows={page.picture.numbers}
      rowKey={(one) => one.number}
      columns={[
        { key: 'number', head: t('column.number'), rowHead: true, cell: (one) => one.number },
        {
          key: 'territories',
          head: t('column.territories'),
          numeric: true,
          cell: (one) => one.territories,
        },
        { key: 'cases', head: t('column.all_cases'), numeric: true, cell: (one) => one.cases },
        { key: 'tests', head: t('column.tests'), numeric: true, cell: tests.passed },
        { key: 'rate', head: t('column.rate'), numeric: true, cell: tests.rate },
      ]}
    />
  )
}

export async function TouchedTerritories({ page }: { page: IncidentPage }) {
  const [t, tests] = [await getTranslations('incidents'), await testWords()]
  return (
    <DataTable
      caption={t('page.territories')}
      showCaption
      dense
      rows={page.picture.territories}
      rowKey={(one) => one.code}
      columns={[
        {
          key: 'territory',
          head: t('column.territory'),
          rowHead: true,
          cell: (one) => `${one.name} (${one.code})`,
        },
        { key: 'numbers', head: t('column.numbers'), cell: (one) => one.numbers.join(', ') || '–' },
        {
          key: 'cases',
          head: t('column.cases'),
          numeric: true,
          cell: (one) => t('of', { open: one.open, all: one.cases }),
        },
        { key: 'tests', head: t('column.tests'), numeric: true, cell: tests.passed },
        { key: 'rate', head: t('column.rate'), numeric: true, cell: tests.rate },
      ]}
    />
  )
}

/** A rate is never shown without how many calls it is made of. */
async function testWords() {
  const [t, locale] = [await getTranslations('incidents'), await getLocale()]
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  return {
    passed: ({ passed, tried }: Tested) => (tried > 0 ? t('passed_of', { passed, tried }) : t('no_tests')),
    rate: ({ passed, tried }: Tested) => (tried > 0 ? percent.format(passed / tried) : '–'),
  }
}
