import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { Icon } from '#components/icon.tsx'
import { TEST_SIDES } from '#db/schema/cases.ts'
import { Section } from './section.tsx'

export type CaseTest = {
  id: number
  side: (typeof TEST_SIDES)[number]
  purpose: 'report' | 'check' | 'confirmation'
  passed: number
  tried: number
  windowMin: number | null
  number: string | null
  technology: string | null
  operator: string | null
  at: string | Date
}

/** Passed of tried, by the network they were made from; the reporter's and the cell's apart. Both read the same. */
export async function TestTable({
  tests,
  timeZone,
  now,
}: {
  tests: readonly CaseTest[]
  timeZone: string
  now: Date
}) {
  const [t, v] = [await getTranslations('cases'), await getTranslations('vocabulary')]
  if (tests.length === 0)
    return (
      <Section id="tests" title={t('page.tests')}>
        <p className="text-soft">{t('tests.none')}</p>
      </Section>
    )
  const network = (test: CaseTest) =>
    [test.technology && v(`technology.${test.technology}` as 'technology.box'), test.operator]
      .filter(Boolean)
      .join(', ') || t('tests.any_network')
  return (
    <Section id="tests" title={t('page.tests')}>
      <table className="w-full border-collapse text-left">
        <thead className="text-sm text-soft">
          <tr className="border-b-2 border-edge">
            <th scope="col" className="py-1 pr-2 font-semibold">
              {t('tests.network')}
            </th>
            <th scope="col" className="py-1 pr-2 text-right font-semibold">
              {t('tests.result')}
            </th>
            <th scope="col" className="py-1 text-right font-semibold">
              {t('tests.rate')}
            </th>
          </tr>
        </thead>
        {TEST_SIDES.map((side) => {
          const rows = tests.filter((test) => test.side === side)
          if (rows.length === 0) return null
          return (
            <tbody key={side}>
              <tr>
                <th scope="rowgroup" colSpan={3} className="pt-2 pb-0.5">
                  <Icon name={side === 'cell' ? 'people' : 'person'} className="mr-1.5 size-4 text-accent" />
                  {t(`tests.${side}`)}
                </th>
              </tr>
              {rows.map((test) => (
                <tr key={test.id} className="border-b border-line align-baseline">
                  <th scope="row" className="py-1 pr-2 font-normal">
                    {network(test)}
                    <span className="block text-sm text-soft">
                      <Moment at={new Date(test.at)} now={now} timeZone={timeZone} />
                      {test.number && ` · ${t('tests.number', { number: test.number })}`}
                      {test.windowMin && ` · ${t('tests.window', { minutes: test.windowMin })}`}
                      {test.purpose !== 'report' && ` · ${t(`tests.purpose.${test.purpose}`)}`}
                    </span>
                  </th>
                  <td className="py-1 pr-2 text-right whitespace-nowrap">
                    {t('tests.value', { passed: test.passed, tried: test.tried })}
                  </td>
                  <td className="py-1 text-right font-bold whitespace-nowrap">
                    <Icon
                      name={test.passed === test.tried ? 'ok' : 'cross'}
                      className={`mr-1 size-[0.9em] ${test.passed === test.tried ? 'text-ok' : 'text-danger'}`}
                    />
                    {Math.round((100 * test.passed) / test.tried)} %
                  </td>
                </tr>
              ))}
            </tbody>
          )
        })}
      </table>
    </Section>
  )
}
