import type { FormState } from '#app/_doors/form-data.ts'

/** Whether something was typed in one of these fields, or is wrong with it; the rows of a field count as the field. */
export function holdsAnswer(
  { values, fields }: Pick<FormState, 'values' | 'fields'>,
  names: readonly string[],
  among?: readonly string[],
): boolean {
  const ours = (path: string) => names.some((name) => path === name || path.startsWith(`${name}.`))
  const said = (text: string) => text.trim() !== '' && (!among || among.includes(text))
  return (
    Object.entries(values).some(([path, typed]) => ours(path) && [typed].flat().some(said)) ||
    // What is wrong with a field that stands outside too is shown outside.
    (!among && Object.keys(fields).some(ours))
  )
}
