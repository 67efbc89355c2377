'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { SquareCode } from '#components/square-code.tsx'
import { toCodes } from './sheet-codes.ts'
import type { KeptReport } from './worker.ts'

/** Names of the form's fields that a person reads on the sheet; the codes hold them all. */
const READ = [
  'numbers',
  'symptom',
  'symptomWords',
  'territoryCode',
  'communeText',
  'since',
  'details',
  'reporterName',
  'callbackPhone',
] as const

/** One report on paper: what it says, the number to call, and codes that the cell reads in. Printed, then gone. */
export function Sheet({ report, onPrinted }: { report: KeptReport; onPrinted: () => void }) {
  const t = useTranslations('offline.sheet')
  useEffect(() => {
    window.addEventListener('afterprint', onPrinted)
    window.print()
    return () => window.removeEventListener('afterprint', onPrinted)
  }, [onPrinted])
  const said = (name: string) =>
    report.entries
      .filter(([field, value]) => field.replace(/[[\]?@].*$/, '') === name && value !== '')
      .map(([, value]) => value)
      .join(', ')
  return (
    <section className="not-print:hidden" data-sheet>
      <h2>{t('title')}</h2>
      <p>{t('read_in')}</p>
      <dl>
        {READ.map((name) => [name, said(name)] as const)
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt className="inline font-bold">{t(`field.${name}`)} : </dt>
              <dd className="inline">{value}</dd>
            </div>
          ))}
      </dl>
      {toCodes(report).map((code, at) => (
        <SquareCode key={code} text={code} label={t('code', { at: at + 1 })} className="my-4 w-80" />
      ))}
    </section>
  )
}
