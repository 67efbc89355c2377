import { getTranslations } from 'next-intl/server'

/** Between a term and its value: with a space before it in French, without in English. */
export async function Colon() {
  return (await getTranslations('common'))('colon')
}
