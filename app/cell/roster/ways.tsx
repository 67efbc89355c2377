import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormSelect, FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
import { Button } from '#components/button.tsx'
import { Badge, Tag } from '#components/tag.tsx'
import { addWayAction, removeWayAction, verifyWayAction } from '../actions.ts'
import { WayProof } from './way-proof.tsx'

type Way = {
  id: number
  kind: string
  value: string
  verifiedAt: Date | null
  bouncedAt: Date | null
  /** The last message that was sent there to be acknowledged. */
  test: { at: string; acknowledged: boolean } | null
}
type Person = { id: number; name: string; ways: Way[]; verdict: { allowed: boolean } }

/** How each person is reached: two verified ways, or no shift. */
export async function Ways({
  people,
  self,
  lead,
  now,
}: {
  people: Person[]
  self: number
  lead: boolean
  now: Date
}) {
  const t = await getTranslations('cell')
  const colon = (await getTranslations('common'))('colon')
  return (
    <section className="grid gap-4">
      <h2 className="text-xl">{t('ways.title')}</h2>
      <p className="max-w-[65ch] text-soft">{t('ways.explain')}</p>
      <ul className="grid gap-3 lg:grid-cols-2">
        {people.map((person) => (
          <li key={person.id} className="grid content-start gap-2 rounded-m border border-line bg-raised p-3">
            <p className="flex flex-wrap items-center gap-2 font-bold">
              {person.name}
              {person.verdict.allowed ? (
                <Badge icon="check" tone="ok">
                  {t('ways.ready')}
                </Badge>
              ) : (
                <Badge icon="danger" tone="danger">
                  {t('ways.not_ready')}
                </Badge>
              )}
            </p>
            <ul>
              {person.ways.map((way) => (
                <li key={way.id} className="flex flex-wrap items-center gap-x-2 border-t border-line py-1">
                  <Tag>{t(`ways.kinds.${way.kind}` as never)}</Tag>
                  <span className="min-w-0 wrap-anywhere tabular-nums">{showPhone(way.value)}</span>
                  {way.verifiedAt ? (
                    <span className="text-sm text-soft">
                      {t('ways.verified')} <Moment at={way.verifiedAt} now={now} />
                    </span>
                  ) : (
                    lead &&
                    person.id !== self && (
                      <DoorForm action={verifyWayAction} name={`verify-${way.id}`}>
                        <input type="hidden" name="wayId" value={way.id} />
                        <Button
                          size="dense"
                          aria-label={t('ways.verify_named', {
                            value: showPhone(way.value),
                            name: person.name,
                          })}
                        >
                          {t('ways.verify')}
                        </Button>
                      </DoorForm>
                    )
                  )}
                  {way.bouncedAt && (
                    <Badge icon="danger" tone="danger">
                      {t('ways.bounced')}
                    </Badge>
                  )}
                  {way.test && (
                    <span className="text-sm text-soft">
                      {t(way.test.acknowledged ? 'ways.test_answered' : 'ways.test_unanswered')}{' '}
                      <Moment at={new Date(way.test.at)} now={now} />
                    </span>
                  )}
                  {(lead || person.id === self) && (
                    <WayProof
                      way={way}
                      named={`${showPhone(way.value)}, ${person.name}`}
                      words={{
                        colon,
                        send: t('ways.send_code'),
                        code: t('ways.code'),
                        prove: t('ways.prove'),
                        test: t('ways.test'),
                      }}
                    />
                  )}
                  <DoorForm action={removeWayAction} name={`remove-${way.id}`} className="ml-auto">
                    <input type="hidden" name="wayId" value={way.id} />
                    <Button
                      size="dense"
                      kind="quiet"
                      aria-label={t('ways.remove_named', { value: showPhone(way.value), name: person.name })}
                    >
                      {t('ways.remove')}
                    </Button>
                  </DoorForm>
                </li>
              ))}
            </ul>
            <details>
              <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
                {t('ways.add_named', { name: person.name })}
              </summary>
              <DoorForm action={addWayAction} name={`way-${person.id}`} className="grid gap-2 sm:grid-cols-2">
                <input type="hidden" name="accountId" value={person.id} />
                <FormSelect
                  id={`kind-${person.id}`}
                  name="kind"
                  label={t('ways.kind')}
                  options={['mobile', 'landline', 'email', 'pager', 'satellite'].map((kind) => ({
                    value: kind,
                    label: t(`ways.kinds.${kind}` as never),
                  }))}
                />
                <FormText id={`value-${person.id}`} name="value" label={t('ways.value')} required />
                <div>
                  <Button size="dense">{t('ways.add')}</Button>
                </div>
              </DoorForm>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}
