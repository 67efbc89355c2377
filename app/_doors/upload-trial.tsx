import { getTranslations } from 'next-intl/server'
import { shortened } from '#app/_doors/rules/cut.ts'
import { Button, LinkButton } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { DoorForm } from './door-form.tsx'
import type { FormDoor } from './form-data.ts'
import type { Reason } from './result.ts'

/** Every wrong line of a file: its number, why, and what it says when the text of the file is given. */
export async function LineFaults({
  caption,
  faults,
  content,
}: {
  caption: string
  faults: readonly (Reason & { line: number })[]
  content?: string
}) {
  const [t, every] = [await getTranslations('forms'), await getTranslations()]
  const texts = content?.split(/\r?\n/)
  return (
    <DataTable
      dense
      caption={caption}
      rows={faults.map((fault, at) => ({ ...fault, at }))}
      rowKey={({ at }) => at}
      rowProps={() => ({ 'data-accent': 'danger' })}
      columns={[
        {
          key: 'line',
          head: t('upload.line'),
          rowHead: true,
          cell: ({ line }) => (
            <>
              <span className="md:hidden">{t('upload.line')} </span>
              {line}
            </>
          ),
        },
        {
          key: 'reason',
          head: t('upload.reason'),
          cell: ({ key, values }) => every(key as never, values as never),
        },
        ...(texts
          ? [
              {
                key: 'content',
                head: t('upload.content'),
                cell: ({ line }: { line: number }) => (
                  <code className="text-sm wrap-anywhere">{shortened(texts[line - 1] ?? '', 200)}</code>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

/** The last button: what enters is what was shown. */
export function ConfirmTrial({
  action,
  trial: { id, shown },
  send,
  other,
}: {
  action: FormDoor
  trial: { id: number; shown: string }
  send: string
  other: { href: string; label: string }
}) {
  return (
    <DoorForm action={action} name="confirm" className="flex flex-wrap items-center gap-3">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="shown" value={shown} />
      <Button kind="primary" size="large">
        {send}
      </Button>
      <LinkButton kind="quiet" href={other.href}>
        {other.label}
      </LinkButton>
    </DoorForm>
  )
}
