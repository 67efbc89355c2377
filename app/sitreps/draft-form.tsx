import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormBox, FormBoxes, FormRadios, FormText } from '#app/_doors/fields.tsx'
import { localField } from '#app/_i18n/time.ts'
import { getHotlinePhone } from '#app/cell/settings.ts'
import { AUDIENCES } from '#app/crisis/rules/audiences.ts'
import type { Picture } from '#app/incidents/picture.ts'
import { Button } from '#components/button.tsx'
import { checkAction } from './actions.ts'
import type { NoticeRow, readNotice } from './queries.ts'
import { changesSince } from './rules/changes.ts'

type Draft = NonNullable<NonNullable<Awaited<ReturnType<typeof readNotice>>>['draft']>

/** The words of a person around the facts, then who is told. What is typed stays in the tab until it is sent. */
export async function DraftForm({ one, draft }: { one: NoticeRow; draft: Draft }) {
  const t = await getTranslations('sitreps')
  const words = await getTranslations('vocabulary')
  const colon = (await getTranslations('common'))('colon')
  const { body } = one
  const facts = body.facts as Picture
  const changes = draft.before ? changesSince(draft.before, facts) : []
  const fallbacks = facts.fallbacks.map(
    ({ territory, state }) => `${nameOf(facts, territory)}${colon}${words(`fallback.${state}` as never)}`,
  )
  const [proposed, others] = [
    draft.authorities.filter((row) => draft.proposed.includes(row.id)),
    draft.authorities.filter((row) => !draft.proposed.includes(row.id)),
  ]
  const options = (rows: typeof proposed) => rows.map((row) => ({ value: String(row.id), label: row.name }))

  return (
    <DoorForm action={checkAction} name={`issue-${one.id}`} className="grid gap-5">
      <h2 className="text-2xl">{t('words')}</h2>
      <input type="hidden" name="noticeId" value={one.id} />
      <input type="hidden" name="version" value={one.version} />
      <FormArea
        name="body.text"
        label={t('text')}
        hint={t('text_hint')}
        rows={2}
        required
        defaultValue={body.text}
      />
      {one.number > 1 && (
        <FormArea
          // Computed anew with the facts.
          key={one.asOf.toISOString()}
          name="body.changes"
          label={t('changes_since')}
          hint={t('changes_hint')}
          rows={4}
          defaultValue={
            body.changes ??
            (changes.length > 0
              ? changes.map(({ key, values }) => t(`changes.${key}` as never, values as never)).join('\n')
              : t('changes.none'))
          }
        />
      )}
      <FormRadios
        name="body.causeStatus"
        label={t('cause')}
        layout="row"
        defaultValue={body.causeStatus ?? 'unknown'}
        options={(['known', 'supposed', 'unknown'] as const).map((value) => ({
          value,
          label: t(`cause_status.${value}`),
        }))}
      />
      <FormArea name="body.cause" label={t('cause_words')} rows={2} defaultValue={body.cause} />
      <FormArea name="body.action" label={t('action')} rows={2} defaultValue={body.action} />
      <FormArea
        name="body.instruction"
        label={t('instruction')}
        hint={t('instruction_hint')}
        rows={2}
        defaultValue={body.instruction}
      />
      <FormArea
        name="body.fallback"
        label={t('fallback')}
        rows={2}
        defaultValue={body.fallback ?? fallbacks.join('\n')}
      />
      <FormText
        name="body.estimate"
        label={t('estimate')}
        hint={t('estimate_hint')}
        defaultValue={body.estimate}
      />
      <FormText
        name="nextAt@Europe/Paris"
        type="datetime-local"
        label={t('next')}
        required
        {...(one.nextAt ? localField(one.nextAt) : {})}
      />
      <FormText
        name="body.contact"
        label={t('contact')}
        defaultValue={body.contact ?? (await getHotlinePhone())}
      />
      <details className="rounded-m border border-line p-3">
        <summary className="font-semibold">{t('annexes')}</summary>
        <p className="mt-1 text-soft">{t('annexes_explain')}</p>
        <div className="mt-3 grid gap-3 lg:grid-cols-2">
          {facts.territories.map(({ code, name }, at) => (
            <div key={code}>
              <input type="hidden" name={`body.annexes.${at}.code`} value={code} />
              <FormArea
                name={`body.annexes.${at}.text`}
                label={name}
                rows={2}
                defaultValue={body.annexes?.[code]}
              />
            </div>
          ))}
        </div>
      </details>
      <details className="rounded-m border border-line p-3">
        <summary className="font-semibold">{t('audiences.title')}</summary>
        <p className="mt-1 text-soft">{t('audiences.explain')}</p>
        <div className="mt-3 grid gap-3">
          {AUDIENCES.map((audience) => (
            <FormArea
              key={audience}
              name={`body.audiences.${audience}`}
              label={t(`audiences.${audience}`)}
              rows={3}
              defaultValue={
                body.audiences?.[audience] ?? t(`audiences.template.${audience}`, inFigures(facts))
              }
            />
          ))}
        </div>
      </details>
      <h2 className="text-2xl">{t('to_whom')}</h2>
      {draft.services > 0 && (
        <FormBox
          name="body.services?"
          label={t('services', { count: draft.services })}
          defaultChecked={body.services ?? false}
        />
      )}
      {proposed.length > 0 && (
        <FormBoxes
          name="organisationIds[]"
          label={t('proposed')}
          hint={t('proposed_hint')}
          layout="list"
          options={options(proposed)}
          defaultValues={proposed
            .filter((row) => body.to?.includes(row.id) ?? true)
            .map((row) => String(row.id))}
        />
      )}
      {others.length > 0 && (
        <details className="rounded-m border border-line p-3" open={proposed.length === 0}>
          <summary className="font-semibold">{t('others', { count: others.length })}</summary>
          <FormBoxes
            name="organisationIds[]"
            id={proposed.length > 0 ? 'others' : 'organisationIds'}
            label={t('others_label')}
            layout="grid"
            options={options(others)}
            defaultValues={body.to?.map(String)}
          />
        </details>
      )}
      <div>
        <Button kind="primary" size="large">
          {t('check.go')}
        </Button>
        <p className="mt-2 max-w-[65ch] text-soft">{t('check.explain')}</p>
      </div>
    </DoorForm>
  )
}

function nameOf(facts: Picture, code: string): string {
  return facts.territories.find((one) => one.code === code)?.name ?? code
}

function inFigures(facts: Picture) {
  const tests = facts.numbers.reduce(
    (sum, { passed, tried }) => ({ passed: sum.passed + passed, tried: sum.tried + tried }),
    { passed: 0, tried: 0 },
  )
  return {
    numbers: facts.numbers.map(({ number }) => number).join(', ') || '–',
    places: facts.territories.map(({ name }) => name).join(', ') || '–',
    territories: facts.territories.length,
    open: facts.cases.open,
    ...tests,
  }
}
