import { getLocale, getTranslations } from 'next-intl/server'
import { FIELD_NAMES, FIELD_VALUES } from '../rules/field-names.ts'

/** Fields and values of a record in the reader's words; what a newer neighbour adds stands as it came. */
export async function saidOf() {
  const [t, locale] = [await getTranslations('register'), await getLocale()]
  const regions = new Intl.DisplayNames([locale], { type: 'region' })
  const word = (group: string, value: string) => {
    const key = `${group}.${value}` as never
    return t.has(key) ? t(key) : value
  }
  return {
    name: (field: string) =>
      field in FIELD_NAMES ? t(`field.${FIELD_NAMES[field as keyof typeof FIELD_NAMES]}`) : field,
    value: (field: string, value: string) => {
      const group = FIELD_VALUES[field as keyof typeof FIELD_NAMES]
      if (group)
        return value
          .split(' · ')
          .map((one) => word(group, one))
          .join(' · ')
      return field === 'country' && /^[A-Z]{2}$/.test(value) ? (regions.of(value) ?? value) : value
    },
  }
}
