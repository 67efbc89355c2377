import { getTranslations } from 'next-intl/server'

/** A clock in words, and what to do by hand while it stands still; a worker of another version may turn others. */
export async function clockWords(): Promise<(name: string) => { name: string; do: string }> {
  const t = await getTranslations('operations.clock')
  return (name) => {
    if (!t.has(`${name}.name` as never)) return { name: t('other', { name }), do: t('other_do') }
    return { name: t(`${name}.name` as never), do: t(`${name}.do` as never) }
  }
}
