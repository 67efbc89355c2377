import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { begun } from '#app/_auth/ceremony.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import type { OwnWays } from '#app/sign-in/queries.ts'
import { totpUri } from '#app/sign-in/totp.ts'
import { Button } from '#components/button.tsx'
import { SquareCode } from '#components/square-code.tsx'
import { beginTotpAction, removeTotpAction, setTotpAction } from './actions.ts'

/** The application of codes, for where no device signs: set up by scanning a square, or by copying a key. */
export async function Totp({
  actor,
  since,
  moment,
  fresh,
}: {
  actor: AccountActor
  since: OwnWays['totpSince']
  moment: (at: Date) => string
  fresh: boolean
}) {
  const t = await getTranslations('auth')
  const offered = fresh ? await begun(await cookies(), 'totp', new Date()) : null
  const mine = offered?.accountId === actor.accountId ? offered.secret : null
  return (
    <section aria-labelledby="totp" className="grid gap-3">
      <h3 id="totp" className="text-lg">
        {t('ways.totp')}
      </h3>
      <p className="max-w-[65ch] text-soft">
        {since ? t('ways.totp_on', { when: moment(since) }) : t('ways.totp_none')}
      </p>
      {mine && <Offered secret={mine} email={actor.email} />}
      {fresh && !mine && (
        <DoorForm
          action={since ? removeTotpAction : beginTotpAction}
          name={since ? 'remove-totp' : 'begin-totp'}
        >
          <Button>{since ? t('totp.remove') : t('ways.totp_set')}</Button>
        </DoorForm>
      )}
    </section>
  )
}

async function Offered({ secret, email }: { secret: string; email: string }) {
  const t = await getTranslations('auth')
  return (
    <div className="grid gap-4 rounded-m border border-line p-4">
      <p className="max-w-[65ch]">{t('totp.scan')}</p>
      <SquareCode text={totpUri(secret, email)} label={t('totp.picture')} className="size-52 max-w-full" />
      <p>
        <span className="block font-semibold">{t('totp.secret')}</span>
        <code className="font-mono break-all select-all">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <DoorForm action={setTotpAction} name="totp" className="grid max-w-xs gap-3">
        <FormText
          name="proof"
          label={t('totp.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          className="font-mono text-xl tracking-widest"
          required
        />
        <div>
          <Button kind="primary">{t('totp.confirm')}</Button>
        </div>
      </DoorForm>
    </div>
  )
}
