import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { isFreshlyProved } from '#app/_auth/session.ts'
import { Colon } from '#app/_i18n/colon.tsx'
import { momentText } from '#app/_i18n/time.ts'
import { readWays } from '#app/sign-in/queries.ts'
import { LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { Codes } from './codes.tsx'
import { Passkeys } from './passkeys.tsx'
import { Totp } from './totp.tsx'

/** How one signs in: by which devices, and by what when none of them is at hand. */
export async function Ways({ actor, now }: { actor: AccountActor; now: Date }) {
  const t = await getTranslations('auth')
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const [ways, fresh] = [await readWays(actor), await isFreshlyProved(actor)]
  const moment = (at: Date) => momentText(at, { now, locale })
  return (
    <section id="ways" aria-labelledby="ways-title" className="grid gap-5">
      <h2 id="ways-title" className="text-xl">
        {t('ways.title')}
      </h2>
      {ways.demoAccount && <Notice>{t('ways.demo')}</Notice>}
      {!fresh && (
        <Notice
          tone="warn"
          actions={<LinkButton href="/sign-in/again?next=/account%23ways">{t('again.confirm')}</LinkButton>}
        >
          {t('ways.again')}
        </Notice>
      )}
      <Passkeys passkeys={ways.passkeys} moment={moment} fresh={fresh} />
      <Totp actor={actor} since={ways.totpSince} moment={moment} fresh={fresh} />
      <Codes ways={ways} fresh={fresh} />
      {ways.identities.map((one) => (
        <p key={one.id} className="text-soft">
          {t('ways.provider')}
          <Colon />
          {t('ways.provider_bound', { issuer: one.issuer, when: moment(one.boundAt) })}
        </p>
      ))}
    </section>
  )
}
