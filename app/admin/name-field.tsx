import { FormText } from '#app/_doors/fields.tsx'

/** The name of whatever is administered: never blank, and the browser does not offer the reader's own. */
export function NameField({ label, hint, value }: { label: string; hint?: string; value?: string }) {
  return (
    <FormText
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
