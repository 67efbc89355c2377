import { getTranslations } from 'next-intl/server'
import { Button } from '#components/button.tsx'
import { MAX_FILE_BYTES } from './body-limits.ts'
import { DoorForm } from './door-form.tsx'
import { FormArea, FormFile } from './fields.tsx'
import type { FormDoor } from './form-data.ts'

/** A file or pasted lines, for an `uploadAction`. `content`: what was sent before, to be corrected. */
export async function UploadForm({
  action,
  name,
  file,
  hint,
  pasteHint,
  send,
  accept,
  content,
  again = false,
  most = MAX_FILE_BYTES,
}: {
  action: FormDoor
  name: string
  /** What kind of file, in words. */
  file: string
  hint?: string
  pasteHint?: string
  send: string
  accept: string
  content?: string
  again?: boolean
  most?: number
}) {
  const t = await getTranslations('forms')
  const size = Math.round((most / 1024 ** 2) * 10) / 10
  return (
    <DoorForm action={action} name={name} className="grid max-w-4xl grid-cols-1 gap-5">
      <FormFile
        name="file"
        label={file}
        hint={hint}
        accept={accept}
        most={most}
        tooLarge={t('upload.too_large', { size })}
      />
      <FormArea
        name="text"
        label={t('upload.paste')}
        hint={pasteHint}
        defaultValue={content}
        rows={6}
        most={most}
        wrap="off"
        spellCheck={false}
        className="max-h-96 overflow-auto font-mono text-sm"
      />
      <div>
        <Button kind={again ? 'secondary' : 'primary'}>{again ? t('upload.again') : send}</Button>
      </div>
    </DoorForm>
  )
}
