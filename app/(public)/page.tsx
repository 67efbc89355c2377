import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { signInPath } from '#app/_auth/paths.ts'
import { actorIfKnown } from '#app/_shell/frame.tsx'
import { readHotline } from '#app/_shell/hotline.ts'
import { LinkButton } from '#components/button.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'

const SIGN_IN = { href: signInPath('/cases/new'), key: 'home.signIn', icon: 'megaphone' } as const
const REPORT = { href: '/cases/new', key: 'home.report', icon: 'megaphone' } as const
const QUEUE = { href: '/cases', key: 'home.queue', icon: undefined } as const

/** What this is, and the one gesture that fits who reads. */
export default async function Home() {
  const t = await getTranslations('public')
  const shell = await getTranslations('shell')
  const line = await readHotline()
  const actor = await actorIfKnown()
  const start = actor ? (may(actor, 'cases.watch') ? QUEUE : REPORT) : SIGN_IN
  return (
    <div className="mx-auto grid max-w-5xl gap-8 lg:grid-cols-[3fr_2fr] lg:gap-12">
      <section>
        <h1 className="text-3xl sm:text-4xl">{t('home.title')}</h1>
        <p className="mt-4 max-w-[62ch] text-lg">{t('home.what')}</p>
        <p className="mt-3 max-w-[62ch] text-soft">{t('home.how')}</p>
        <p className="mt-6 flex flex-wrap gap-3">
          <LinkButton href={start.href} kind="primary" size="large" icon={start.icon}>
            {t(start.key)}
          </LinkButton>
          <LinkButton href="/operations" size="large">
            {t('home.operations')}
          </LinkButton>
        </p>
      </section>
      <aside>
        <PhoneNumberLarge
          label={t('home.callTitle')}
          display={line.display}
          href={line.href}
          action={shell('hotlineCall', { number: line.display })}
          hint={t('home.callHint')}
        />
        <section className="mt-5 border-l-4 border-warn bg-warn-soft px-4 py-3">
          <h2 className="text-base">{t('home.citizenTitle')}</h2>
          <p className="mt-1">{t('home.citizenText')}</p>
        </section>
      </aside>
      <section className="lg:col-span-2">
        <h2 className="text-xl">{t('home.steps.title')}</h2>
        <ol className="mt-3 grid gap-3 sm:grid-cols-3">
          {(['report', 'answer', 'confirm'] as const).map((step, index) => (
            <li key={step} className="rounded-m border border-line bg-raised p-4">
              <span aria-hidden="true" className="font-mono text-2xl font-bold text-accent">
                {index + 1}
              </span>
              <h3 className="mt-1">{t(`home.steps.${step}.title`)}</h3>
              <p className="mt-1 text-soft">{t(`home.steps.${step}.text`)}</p>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
