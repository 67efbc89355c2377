import { getTranslations } from 'next-intl/server'
import { Button, LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { authorName, type Standing } from '../queries.ts'
import { ANONYMITY_FIELDS, hiding } from '../rules/anonymity.ts'
import { hiddenOf, lineFor } from '../sharing.ts'

type Asked = Record<string, string | string[] | undefined>

/** What would leave, hidden as asked, before it leaves: the signed line itself, or why it may not. */
export async function Share({ one, register, asked }: { one: Standing; register: Standing[]; asked: Asked }) {
  const [t, every] = [await getTranslations('register'), await getTranslations()]
  const chosen = asked.share === undefined ? hiddenOf(one) : hiding((field) => asked[field] === '1')
  const leaving = lineFor(one, 'by_hand', register, await authorName(), chosen)
  const query = new URLSearchParams([
    ['format', 'signed'],
    ['record', one.loss.id],
    ...ANONYMITY_FIELDS.flatMap((field) => (chosen[field] ? [[field, '1']] : [])),
  ] as [string, string][])
  return (
    <section aria-labelledby="share" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="share" className="text-xl">
        {t('share.title')}
      </h2>
      <form className="flex flex-wrap items-center gap-4">
        <input type="hidden" name="share" value="1" />
        {ANONYMITY_FIELDS.map((field) => (
          <label key={field} className="inline-flex min-h-11 items-center gap-2">
            <input type="checkbox" name={field} value="1" defaultChecked={chosen[field]} className="size-5" />
            {t(`hide.${field}`)}
          </label>
        ))}
        <Button>{t('share.see')}</Button>
      </form>
      {leaving.ok ? (
        <>
          <Notice tone="info" title={t('share.leaves', { tlp: one.tlp })}>
            {t('share.text')}
          </Notice>
          <pre className="whitespace-pre-wrap wrap-anywhere rounded-m bg-sunken p-3 text-sm">
            {JSON.stringify(leaving.envelope, null, 2)}
          </pre>
          <p>
            <LinkButton href={`/register/export?${query}`} download={`${one.loss.id}.jsonl`}>
              {t('share.download')}
            </LinkButton>
          </p>
        </>
      ) : (
        <Notice tone="danger" title={t('share.refused')}>
          {every(leaving.key as never, leaving.values as never)}
        </Notice>
      )}
    </section>
  )
}
