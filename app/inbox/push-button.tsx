'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { BLANK_FORM } from '#app/_doors/form-data.ts'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { dropBrowserAction, keepBrowserAction, tryBrowsersAction } from './actions.ts'

type Said = 'kept' | 'dropped' | 'tried' | 'refused' | 'unable' | 'failed'

/** Asks this browser for notifications, for whoever wants what presses to sound here too. */
export function PushButton({ publicKey }: { publicKey: string }) {
  const t = useTranslations('outside.push')
  const [said, setSaid] = useState<Said | null>(null)
  const [reason, setReason] = useState<string | null>(null)
  const saying = (work: () => Promise<Said>) => async () => {
    setReason(null)
    setSaid(await work().catch((): Said => 'failed'))
  }
  const sent = async (action: typeof keepBrowserAction, fields: Record<string, string>, done: Said) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    const answer = await action(BLANK_FORM, form)
    if (answer.ok) return done
    setReason(answer.reason?.text ?? null)
    return 'failed'
  }
  const ask = saying(async () => {
    const subscription = await subscribed(publicKey)
    if (typeof subscription === 'string') return subscription
    const { endpoint, keys } = subscription.toJSON()
    const fields = { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' }
    return sent(keepBrowserAction, fields, 'kept')
  })
  const drop = saying(async () => {
    const subscription = await subscriptionHere()
    if (!subscription) return 'dropped'
    await subscription.unsubscribe()
    return sent(dropBrowserAction, { endpoint: subscription.endpoint }, 'dropped')
  })
  const tryIt = saying(() => sent(tryBrowsersAction, {}, 'tried'))
  return (
    <details className="rounded-m border border-line px-3">
      <summary className="inline-flex min-h-11 items-center font-semibold text-accent">{t('title')}</summary>
      <div className="grid gap-3 pb-3">
        {said && (
          <Notice live tone={said === 'kept' || said === 'dropped' || said === 'tried' ? 'ok' : 'danger'}>
            {reason ?? t(said)}
          </Notice>
        )}
        <div className="flex flex-wrap gap-3">
          <Button type="button" onClick={ask}>
            {t('ask')}
          </Button>
          <Button type="button" kind="quiet" onClick={tryIt}>
            {t('try')}
          </Button>
          <Button type="button" kind="quiet" onClick={drop}>
            {t('drop')}
          </Button>
        </div>
      </div>
    </details>
  )
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  if (!('serviceWorker' in navigator)) return null
  const registration = await navigator.serviceWorker.getRegistration('/push-worker.js')
  return (await registration?.pushManager?.getSubscription()) ?? null
}

async function subscribed(publicKey: string): Promise<PushSubscription | 'refused' | 'unable'> {
  if (!('serviceWorker' in navigator && 'PushManager' in window)) return 'unable'
  if ((await Notification.requestPermission()) !== 'granted') return 'refused'
  // Registered by every page (app/_offline/offline.tsx).
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  // Asked for with another key once: that one is of no use any more.
  await (await pushManager.getSubscription())?.unsubscribe()
  return pushManager.subscribe(options)
}
