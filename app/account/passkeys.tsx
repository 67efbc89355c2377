import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { PasskeyAdd } from '#app/sign-in/passkey-button.tsx'
import type { OwnWays } from '#app/sign-in/queries.ts'
import { Button } from '#components/button.tsx'
import { Tag } from '#components/tag.tsx'
import { removePasskeyAction } from './actions.ts'

/** The devices that sign for oneself; one more may be added by whoever has just proved who he is. */
export async function Passkeys({
  passkeys,
  moment,
  fresh,
}: {
  passkeys: OwnWays['passkeys']
  moment: (at: Date) => string
  fresh: boolean
}) {
  const t = await getTranslations('auth')
  return (
    <section aria-labelledby="passkeys" className="grid gap-3">
      <h3 id="passkeys" className="text-lg">
        {t('ways.passkeys')}
      </h3>
      {passkeys.length === 0 && <p className="max-w-[65ch] text-soft">{t('ways.passkeys_none')}</p>}
      <ul className="grid gap-2">
        {passkeys.map((one) => (
          <li
            key={one.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-m border border-line px-3 py-2"
          >
            <span className="min-w-0">
              <strong className="break-words">{one.name}</strong>{' '}
              {one.suspendedAt && <Tag tone="danger">{t('ways.suspended')}</Tag>}{' '}
              {one.backedUp && <Tag>{t('ways.shared')}</Tag>}
              <span className="block text-sm text-soft">
                {t('ways.added')} {moment(one.createdAt)} · {t('ways.used')}{' '}
                {one.lastUsedAt ? moment(one.lastUsedAt) : t('ways.never')}
              </span>
            </span>
            {fresh && (
              <DoorForm action={removePasskeyAction} name={`remove-${one.id}`}>
                <input type="hidden" name="id" value={one.id} />
                <Button size="dense" aria-label={t('ways.remove_named', { name: one.name })}>
                  {t('ways.remove')}
                </Button>
              </DoorForm>
            )}
          </li>
        ))}
      </ul>
      {fresh && <PasskeyAdd />}
    </section>
  )
}
