'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '#components/button.tsx'
import { isShared, setShared } from './worker.ts'

/** The choice of a device that several people use: nothing is kept on it. What already waits to be sent stays, and goes. */
export function SharedDevice() {
  const t = useTranslations('kept.shared')
  const [shared, set] = useState<boolean | null>(null)
  useEffect(() => set(isShared()), [])
  // Without scripts nothing is kept.
  if (shared === null) return null
  const change = () => {
    setShared(!shared)
    set(!shared)
    // The worker is told by the next page; what it holds to read goes now.
    window.dispatchEvent(new Event('online'))
  }
  return (
    <section aria-labelledby="device" className="grid gap-2">
      <h2 id="device" className="text-xl">
        {t('title')}
      </h2>
      <p>{t('text')}</p>
      <p role="status" className="font-semibold">
        {t(shared ? 'is' : 'is_not')}
      </p>
      <div>
        <Button type="button" onClick={change}>
          {t(shared ? 'make_own' : 'make_shared')}
        </Button>
      </div>
    </section>
  )
}
