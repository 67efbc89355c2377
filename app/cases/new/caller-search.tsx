import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { searchDirectory } from '#app/directory/search.ts'
import { LinkButton } from '#components/button.tsx'
import { asActor } from '#db/transaction.ts'
import { CallerField } from './caller-field.tsx'
import { reporterOption, UNKNOWN_CALLERS } from './options.ts'
import { Say } from './question.tsx'

/** Who calls? Found while typing; without JavaScript, a search and its list. Whoever the directory does not know has a way of his own. */
export async function CallerSearch({
  actor,
  submissionId,
  query,
}: {
  actor: AccountActor
  submissionId: string
  query: string
}) {
  const t = await getTranslations('report')
  const address = (reporter: string) => `/cases/new?channel=phone&s=${submissionId}&reporter=${reporter}`
  const found = query
    ? (await asActor(actor, (tx) => searchDirectory(tx, query.slice(0, 80)))).map(reporterOption)
    : []
  return (
    <section className="mt-4 grid gap-4">
      <Say>{t('phone.say.hello')}</Say>
      <form action="/cases/new" method="get" className="grid gap-2">
        <input type="hidden" name="channel" value="phone" />
        <input type="hidden" name="s" value={submissionId} />
        <CallerField
          address={address('')}
          query={query}
          words={{
            label: t('phone.search'),
            none: t('phone.search_none'),
            found: t.raw('phone.search_found'),
            remove: t.raw('phone.search_remove'),
            button: t('phone.search_button'),
          }}
        />
      </form>
      {query && (
        <section aria-labelledby="found">
          <h2 id="found" className="text-lg">
            {t('phone.results')}
          </h2>
          {found.length === 0 && <p>{t('phone.search_none')}</p>}
          <ul className="mt-1 grid gap-1.5">
            {found.map(({ value, label, hint }) => (
              <li key={value}>
                <LinkButton href={address(value)} className="w-full justify-start! text-left!">
                  {label} <span className="text-sm font-normal text-soft">{hint}</span>
                </LinkButton>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="unknown">
        <h2 id="unknown" className="text-lg">
          {t('phone.or')}
        </h2>
        <p className="mt-2 flex flex-wrap gap-2">
          {UNKNOWN_CALLERS.map((kind) => (
            <LinkButton key={kind} href={address(kind)}>
              {t(`phone.unknown.${kind}`)}
            </LinkButton>
          ))}
          <LinkButton href="/cases/new/sheet">{t('phone.sheet')}</LinkButton>
        </p>
      </section>
    </section>
  )
}
