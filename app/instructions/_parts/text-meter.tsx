'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { SLOTS, type Slots } from '#db/reference/vocabulary.ts'
import { meter, textOf } from '../rules/text.ts'

/** The whole text as it is typed, and what each channel makes of it. Without JavaScript the page that follows shows the same. */
export function TextMeter() {
  const t = useTranslations('instructions')
  const place = useRef<HTMLDivElement>(null)
  const [slots, setSlots] = useState<Slots | null>(null)
  useEffect(() => {
    const form = place.current?.closest('form')
    if (!form) return
    const read = () => {
      const typed = new FormData(form)
      setSlots(
        Object.fromEntries(SLOTS.map((slot) => [slot, String(typed.get(`slots.${slot}`) ?? '')])) as Slots,
      )
    }
    read()
    form.addEventListener('input', read)
    return () => form.removeEventListener('input', read)
  }, [])
  const text = slots && SLOTS.some((slot) => slots[slot] !== '') ? textOf(slots) : null
  return (
    <div ref={place}>
      {text && (
        <div className="grid gap-2 rounded-m border border-line bg-sunken p-3">
          <p className="text-sm text-soft">{t('preview')}</p>
          <p className="max-w-[65ch]">{text}</p>
          <MeterWords text={text} />
        </div>
      )}
    </div>
  )
}

/** Figures of a text, channel by channel. */
export function MeterWords({ text }: { text: string }) {
  const t = useTranslations('instructions')
  const { characters, sms, alert, ease } = meter(text)
  const alertKey = alert.recommended ? 'fits' : alert.possible ? 'long' : 'too_long'
  const easeKey = ease >= 60 ? 'easy' : ease >= 30 ? 'fair' : 'hard'
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      <li className={sms.parts > 2 ? 'font-semibold text-warn' : ''}>
        {t('meter.sms', { parts: sms.parts, room: sms.room })}
      </li>
      <li className={alert.recommended ? '' : 'font-semibold text-warn'}>
        {t(`meter.alert.${alertKey}`, { count: characters })}
      </li>
      <li className={ease < 30 ? 'font-semibold text-warn' : ''}>{t(`meter.ease.${easeKey}`, { ease })}</li>
    </ul>
  )
}
