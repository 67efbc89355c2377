import { getTranslations } from 'next-intl/server'
import { LinkButton } from '#components/button.tsx'
import { CopyButton } from '#components/copy-button.tsx'
import { PrintButton } from '#components/print-button.tsx'

/**
 * The address of the page is what is shared: whoever opens it signs in, and sees what his organisation or territory may see,
 * or nothing. No other key to a case leaves the house.
 */
export async function Sharing({ again }: { again: string | null }) {
  const t = await getTranslations('my.sharing')
  return (
    <section aria-labelledby="sharing" data-screen-only className="mt-6 border-t border-line pt-4">
      <h2 id="sharing" className="text-base">
        {t('title')}
      </h2>
      <p className="max-w-[65ch] text-sm text-soft">{t('text')}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <CopyButton icon="link" label={t('copy')} done={t('copied')} />
        <PrintButton>{t('print')}</PrintButton>
        {again && (
          <LinkButton href={`/cases/new?again=${again}`} icon="refresh">
            {t('again')}
          </LinkButton>
        )}
      </div>
    </section>
  )
}
