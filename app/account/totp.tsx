import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { encode } from 'uqr'
import type { AccountActor } from '#app/_auth/actor.ts'
import { begun } from '#app/_auth/ceremony.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import type { OwnWays } from '#app/sign-in/queries.ts'
import { totpUri } from '#app/sign-in/totp.ts'
import { Button } from '#components/button.tsx'
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
        <div className="flex flex-wrap gap-3">
          {!since && (
            <DoorForm action={beginTotpAction} name="begin-totp">
              <Button>{t('ways.totp_set')}</Button>
            </DoorForm>
          )}
          {since && (
            <DoorForm action={removeTotpAction} name="remove-totp">
              <Button>{t('totp.remove')}</Button>
            </DoorForm>
          )}
        </div>
      )}
    </section>
  )
}

async function Offered({ secret, email }: { secret: string; email: string }) {
  const t = await getTranslations('auth')
  return (
    <div className="grid gap-4 rounded-m border border-line p-4">
      <p className="max-w-[65ch]">{t('totp.scan')}</p>
      <Square text={totpUri(secret, email)} label={t('totp.picture')} />
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

/** Drawn by the server as one path: dark on light whatever the colours of the page, for a camera reads it. */
function Square({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 3 })
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} className="size-52 max-w-full">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
