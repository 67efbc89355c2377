import { getLocale, getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormRadios, FormText } from '#app/_doors/fields.tsx'
import { dayText } from '#app/_i18n/time.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Fold } from '#components/fold.tsx'
import { Tag } from '#components/tag.tsx'
import { CHECK_ANSWERS } from '#db/schema/migration.ts'
import { answerCheckAction } from '../actions.ts'
import type { Move } from '../queries.ts'
import { LETTERS, PROOF_LASTS_DAYS } from '../rules/resilience.ts'

/** Twelve questions, what each gives and why; their sum is the letter, for the préfecture to read. */
export async function Checklist({ move: { score, checks, site }, works }: { move: Move; works: boolean }) {
  const [t, locale] = [await getTranslations('migration'), await getLocale()]
  const answered = (item: string) => checks.find((one) => one.item === item)
  return (
    <section aria-labelledby="checklist-title" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <h2 id="checklist-title" className="text-xl">
        {t('check.title')}
      </h2>
      <p className="max-w-[65ch] text-soft">
        {t('check.explain', { days: PROOF_LASTS_DAYS })}{' '}
        {LETTERS.map(([letter, from]) => t('check.from', { letter, from: Math.round(from * 100) })).join(
          ' · ',
        )}
      </p>
      {checks.length > 0 && (
        <p className="text-lg font-bold">
          {t('check.sum', { letter: score.letter, points: score.points, of: score.of })}
          {score.cappedBy && ` ${t('check.capped', { item: t(`item.${score.cappedBy}`) })}`}
        </p>
      )}
      <DataTable
        caption={t('check.title')}
        rows={score.lines}
        rowKey={(line) => line.item}
        rowProps={(line) => ({ 'data-item': line.item })}
        columns={[
          { key: 'item', head: t('check.item'), rowHead: true, cell: (line) => t(`item.${line.item}`) },
          {
            key: 'answer',
            head: t('check.answer'),
            cell: (line) => {
              const answer = answered(line.item)?.answer ?? 'unknown'
              return (
                <Tag tone={answer === 'yes' ? 'ok' : answer === 'no' ? 'danger' : 'neutral'}>
                  {t(`answer.${answer}`)}
                </Tag>
              )
            },
          },
          { key: 'proof', head: t('check.proof'), cell: (line) => answered(line.item)?.proof ?? '–' },
          {
            key: 'day',
            head: t('check.day'),
            cell: (line) => {
              const day = answered(line.item)?.provedOn
              return day ? dayText(day, locale) : '–'
            },
          },
          {
            key: 'points',
            head: t('check.points'),
            numeric: true,
            cell: (line) => t('check.got', { got: line.got, of: line.of }),
          },
          { key: 'why', head: t('check.why'), cell: (line) => t(`why.${line.why}`) },
        ]}
      />
      {works && (
        <Fold label={t('check.fill')}>
          <div className="grid gap-2">
            {score.lines.map(({ item }) => {
              const before = answered(item)
              const of = `check-${item}`
              return (
                <Fold key={item} label={t(`item.${item}`)}>
                  <DoorForm
                    action={answerCheckAction}
                    name={`${of}-${site.id}`}
                    className="grid max-w-3xl gap-4"
                  >
                    <input type="hidden" name="siteId" value={site.id} />
                    <input type="hidden" name="item" value={item} />
                    <FormRadios
                      id={of}
                      name="answer"
                      label={t('check.answer')}
                      layout="row"
                      required
                      defaultValue={before?.answer ?? 'unknown'}
                      options={CHECK_ANSWERS.map((answer) => ({
                        value: answer,
                        label: t(`answer.${answer}`),
                      }))}
                    />
                    <FormArea
                      id={`${of}-proof`}
                      name="proof"
                      label={t('check.proof')}
                      hint={t('check.proof_hint')}
                      defaultValue={before?.proof ?? undefined}
                      rows={2}
                    />
                    <FormText
                      id={`${of}-day`}
                      type="date"
                      name="provedOn"
                      label={t('check.day')}
                      defaultValue={before?.provedOn ?? undefined}
                    />
                    <div>
                      <Button>{t('check.save')}</Button>
                    </div>
                  </DoorForm>
                </Fold>
              )
            })}
          </div>
        </Fold>
      )}
    </section>
  )
}
