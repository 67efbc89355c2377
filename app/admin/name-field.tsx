import { FormText } from '#app/_doors/fields.tsx'

/** The name of whatever is administered: never blank, and the browser does not offer the reader's own. */
export function NameField({
  label,
  hint,
  value,
  id,
}: {
  label: string
  hint?: string
  value?: string
  /** When two stand on one page. */
  id?: string
}) {
  return (
    <FormText
      {...(id ? { id } : {})}
      name="name"
      label={label}
      hint={hint}
      defaultValue={value}
      required
      most={200}
      autoComplete="off"
    />
  )
}
