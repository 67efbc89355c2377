import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBox, FormText } from '#app/_doors/fields.tsx'
import { UploadForm } from '#app/_doors/upload-form.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Fold } from '#components/fold.tsx'
import { Tag } from '#components/tag.tsx'
import { givePullKeyAction, pullAction, saveNeighbourAction, tryRegisterAction } from '../actions.ts'
import { instanceKey } from '../instance-key.ts'
import { readNeighbours } from '../queries.ts'
import { LearningTabs } from '../tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('register'))('tabs.exchange') }
}

/** With whom records are exchanged: our key, theirs, a file or a pull. */
export default async function ExchangePage() {
  const actor = await requireActor('register.keep')
  const now = new Date(requestTime())
  const neighbours = await readNeighbours(actor)
  const t = await getTranslations('register')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <h1 className="text-3xl">{t('tabs.exchange')}</h1>
      <LearningTabs current="/register/exchange" />
      <section className="grid gap-2">
        <h2 className="text-xl">{t('exchange.key')}</h2>
        <p>
          <code data-own-key className="wrap-anywhere">
            {instanceKey().shown}
          </code>
        </p>
        <p className="max-w-[65ch] text-soft">{t('exchange.key_text')}</p>
      </section>
      <section className="grid gap-4">
        <h2 className="text-xl">{t('exchange.file')}</h2>
        <UploadForm
          action={tryRegisterAction}
          name="receive"
          file={t('exchange.choose')}
          hint={t('exchange.choose_hint')}
          accept=".jsonl,.json,.txt,application/json,text/plain"
          send={t('exchange.try')}
        />
      </section>
      <section className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <h2 className="text-xl">{t('exchange.neighbours')}</h2>
        <DataTable
          caption={t('exchange.neighbours')}
          rows={neighbours}
          rowKey={(one) => one.id}
          rowProps={(one) => ({ 'data-neighbour': String(one.id) })}
          empty={<EmptyState title={t('exchange.none')}>{t('exchange.none_text')}</EmptyState>}
          columns={[
            {
              key: 'name',
              head: t('exchange.name'),
              rowHead: true,
              cell: (one) => (
                <>
                  {one.name} {!one.active && <Tag>{t('exchange.inactive')}</Tag>}
                  <code className="block text-sm font-normal wrap-anywhere">{one.publicKey}</code>
                </>
              ),
            },
            {
              key: 'pulled',
              head: t('exchange.pulled'),
              cell: (one) => (
                <>
                  {one.pulledAt ? <Moment at={one.pulledAt} now={now} /> : '–'}
                  {one.pullFault && <span className="block text-danger">{one.pullFault}</span>}
                </>
              ),
            },
            {
              key: 'do',
              head: t('exchange.do'),
              cell: (one) => (
                <span className="flex flex-wrap gap-2">
                  {one.pullAddress && one.active && (
                    <DoorForm action={pullAction} name={`pull-${one.id}`}>
                      <input type="hidden" name="id" value={one.id} />
                      <Button size="dense">{t('exchange.pull')}</Button>
                    </DoorForm>
                  )}
                  <DoorForm action={givePullKeyAction} name={`key-${one.id}`}>
                    <input type="hidden" name="id" value={one.id} />
                    <Button size="dense">
                      {t(one.pullKeyHash ? 'exchange.new_key' : 'exchange.give_key')}
                    </Button>
                  </DoorForm>
                </span>
              ),
            },
          ]}
        />
        {[...neighbours, null].map((one) => (
          <Fold
            key={one?.id ?? 'new'}
            label={one ? t('exchange.change', { name: one.name }) : t('exchange.add')}
            open={!one && neighbours.length === 0}
          >
            <DoorForm
              action={saveNeighbourAction}
              name={`neighbour-${one?.id ?? 'new'}`}
              className="grid max-w-3xl gap-4"
            >
              {one && <input type="hidden" name="id" value={one.id} />}
              <FormText
                id={`name-${one?.id ?? 'new'}`}
                name="name"
                label={t('exchange.name')}
                defaultValue={one?.name}
                required
                autoComplete="off"
              />
              <FormText
                id={`key-${one?.id ?? 'new'}`}
                name="publicKey"
                label={t('exchange.public_key')}
                hint={t('exchange.public_key_hint')}
                defaultValue={one?.publicKey}
                required
                autoComplete="off"
              />
              <FormText
                id={`address-${one?.id ?? 'new'}`}
                name="pullAddress"
                label={t('exchange.address')}
                hint={t('exchange.address_hint')}
                defaultValue={one?.pullAddress ?? undefined}
                autoComplete="off"
              />
              <FormBox
                id={`active-${one?.id ?? 'new'}`}
                name="active?"
                label={t('exchange.believed')}
                defaultChecked={one?.active ?? true}
              />
              <div>
                <Button>{t('exchange.save')}</Button>
              </div>
            </DoorForm>
          </Fold>
        ))}
      </section>
    </div>
  )
}
