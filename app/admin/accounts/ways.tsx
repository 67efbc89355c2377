import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormSelect } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { Handed } from '../handed.tsx'
import type { readAccount } from '../queries.ts'
import { bindIdentityAction, inviteAction, resetWaysAction, unbindIdentityAction } from './actions.ts'

type Account = NonNullable<Awaited<ReturnType<typeof readAccount>>>

/** How somebody signs in, seen by whoever keeps the accounts: what there is, a link to begin with, an end to what was lost. */
export async function SignInWays({
  account: { id, ways },
  now,
}: {
  account: Pick<Account, 'id' | 'ways'>
  now: Date
}) {
  const t = await getTranslations('accounts')
  return (
    <section className="grid max-w-3xl gap-4">
      <h2 className="text-xl">{t('ways.title')}</h2>
      <p>{t('ways.has', { passkeys: ways.passkeys, totp: String(ways.totp), codes: ways.codes })}</p>
      <DoorForm action={inviteAction} name="invite" className="grid gap-3">
        <input type="hidden" name="id" value={id} />
        <Handed label={t('handed.invitation')} hint={t('handed.invitation_hint')} />
        <p className="max-w-[65ch] text-soft">{t('ways.invite_how')}</p>
        <div>
          <Button>{t('ways.invite')}</Button>
        </div>
      </DoorForm>
      <DoorForm action={resetWaysAction} name="reset" className="grid gap-3">
        <input type="hidden" name="id" value={id} />
        <p className="max-w-[65ch] text-soft">{t('ways.reset_how')}</p>
        <div>
          <Button kind="danger">{t('ways.reset')}</Button>
        </div>
      </DoorForm>
      <Identities id={id} ways={ways} now={now} />
    </section>
  )
}

async function Identities({ id, ways, now }: { id: number; ways: Account['ways']; now: Date }) {
  const t = await getTranslations('accounts')
  if (ways.identities.length === 0 && ways.unbound.length === 0) return null
  return (
    <div className="grid gap-3">
      <h3 className="text-lg">{t('ways.provider')}</h3>
      {ways.identities.map((one) => (
        <DoorForm key={one.id} action={unbindIdentityAction} name={`unbind-${one.id}`} className="grid gap-2">
          <input type="hidden" name="identityId" value={one.id} />
          <p className="break-words">
            {one.issuer} · {one.subject} · <Moment at={one.boundAt} now={now} />
          </p>
          <div>
            <Button size="dense">{t('ways.unbind')}</Button>
          </div>
        </DoorForm>
      ))}
      {ways.unbound.length > 0 && (
        <DoorForm action={bindIdentityAction} name="bind" className="grid gap-3">
          <input type="hidden" name="id" value={id} />
          <FormSelect
            name="identity"
            label={t('ways.bind_who')}
            hint={t('ways.bind_hint')}
            empty={t('field.choose')}
            required
            options={ways.unbound.map(({ issuer, subject, name, email, siret }) => ({
              value: `${issuer} ${subject}`,
              label: [name, email, siret].filter(Boolean).join(' · ') || subject,
            }))}
          />
          <div>
            <Button>{t('ways.bind')}</Button>
          </div>
        </DoorForm>
      )}
    </div>
  )
}
