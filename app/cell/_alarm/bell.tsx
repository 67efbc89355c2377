'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef } from 'react'
import { BLANK_FORM } from '#app/_doors/form-data.ts'
import type { Hint } from '#app/_live/connection.ts'
import { useAsked } from '#app/_live/use-asked.ts'
import { Icon } from '#components/icon.tsx'
import { MENU_LINE, Menu } from '#components/menu.tsx'
import { isShortcut } from '#components/shortcuts.ts'
import { hearAction } from '../actions.ts'
import type { Alarm } from '../rules/alarms.ts'
import { keepTabMarked, markTab } from './tab.ts'
import { useSound } from './use-sound.ts'

/** Of these a new alarm may come, or an old one end. */
const CONCERNS = [
  ...['alarm.', 'proposal.', 'case.reported', 'case.verified', 'case.acknowledged'],
  ...['case.level_changed', 'case.promise_missed', 'case.updated', 'case.restored', 'case.closed'],
]
/** A promise is broken because time passes, and a line may be dead without a word. */
const AGAIN_MS = 30_000
/** The key that says "heard", on any page of the cell. */
const HEARD_KEY = '!'

/**
 * The bell of the room: what sounds, until when, and who said that it was heard. One tab of a browser sounds, all of them
 * show; it asks for little and often, so that no page is read again for it.
 */
export function Bell({
  live,
  exercise,
  hears,
  lamp = false,
}: {
  live: string
  exercise: boolean
  /** A screen on the wall sounds and shows; only a person says that it was heard. */
  hears: boolean
  /** On the wall: it says, and can be pressed nowhere. */
  lamp?: boolean
}) {
  const t = useTranslations('alarm')
  // Null until they were read: no alarm and not known yet are two things.
  const [read, setAlarms] = useAsked<Alarm[]>(live, '/api/alarms', maySound, AGAIN_MS)
  const alarms = read ?? NONE
  const open = useRef<Alarm[]>([])
  const heard = useCallback(
    async (given: Alarm[]) => {
      if (given.length === 0 || !hears) return
      const form = new FormData()
      for (const { key } of given) form.append('keys[]', key)
      const said = await hearAction(BLANK_FORM, form).catch(() => null)
      if (!said?.ok) return
      const gone = new Set(given.map(({ key }) => key))
      setAlarms((now) => (now ?? NONE).filter(({ key }) => !gone.has(key)))
    },
    [hears, setAlarms],
  )
  const sound = useSound(read, exercise)

  useEffect(() => {
    open.current = alarms
    markTab(alarms.length)
  }, [alarms])
  useEffect(() => keepTabMarked(() => open.current.length), [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== HEARD_KEY || !isShortcut(event) || open.current.length === 0) return
      event.preventDefault()
      void heard(open.current)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [heard])

  const off = !sound.on || !sound.heard
  if (lamp)
    return (
      <span
        data-bell={alarms.length > 0 ? 'alarm' : off ? 'off' : 'calm'}
        className={
          alarms.length > 0 || off
            ? 'inline-flex items-center gap-1.5 rounded-s bg-danger-solid px-1.5 font-bold text-on-danger'
            : 'inline-flex items-center gap-1.5'
        }
      >
        <Icon name={off ? 'bell_off' : 'bell'} />
        {alarms.length > 0 ? t('ringing', { count: alarms.length }) : off ? t('touch') : t('calm')}
      </span>
    )
  return (
    <Menu
      onBar
      label={
        <span
          data-bell={alarms.length > 0 ? 'alarm' : off ? 'off' : 'calm'}
          className={
            alarms.length > 0 || off
              ? 'inline-flex items-center gap-1.5 rounded-s bg-danger-solid px-1.5 font-bold text-on-danger'
              : 'inline-flex items-center gap-1.5'
          }
        >
          <Icon name={off ? 'bell_off' : 'bell'} />
          {alarms.length > 0 && t('count', { count: alarms.length })}
          {off && <span className={alarms.length > 0 ? 'sr-only' : 'text-sm leading-tight'}>{t('off')}</span>}
          {alarms.length === 0 && !off && <span className="sr-only">{t('calm')}</span>}
        </span>
      }
    >
      <div className="grid max-h-[70vh] w-80 max-w-[90vw] gap-2 overflow-auto p-1.5" data-alarms>
        {alarms.length === 0 && <p className="text-soft">{t('none')}</p>}
        <ul className="grid gap-1">
          {alarms.slice(0, SHOWN).map((one) => (
            <li key={one.key}>
              <Link
                href={one.reference ? `/cases/${one.reference}` : '/cell'}
                prefetch={false}
                className="block"
              >
                <strong>{t(`kind.${one.kind}`)}</strong>
                {one.reference && (
                  <>
                    {' '}
                    {one.reference} <span className="text-soft">{one.what}</span>
                  </>
                )}
              </Link>
            </li>
          ))}
          {alarms.length > SHOWN && <li>{t('more', { count: alarms.length - SHOWN })}</li>}
        </ul>
        {alarms.length > 0 && hears && (
          <button
            type="button"
            className={`${MENU_LINE} justify-center border border-edge font-semibold`}
            onClick={() => heard(alarms)}
          >
            {t('heard')} <kbd>{HEARD_KEY}</kbd>
          </button>
        )}
        <hr className="border-line" />
        {sound.on && !sound.heard && <p className="text-danger">{t('blocked')}</p>}
        <button type="button" className={MENU_LINE} onClick={sound.test}>
          {t('test')}
        </button>
        <button type="button" className={MENU_LINE} aria-pressed={sound.on} onClick={sound.turn}>
          {t(sound.on ? 'turn_off' : exercise ? 'turn_on_exercise' : 'turn_on')}
        </button>
      </div>
    </Menu>
  )
}

const NONE: Alarm[] = []
const SHOWN = 8

function maySound({ events }: Hint): boolean {
  return events.some((event) => CONCERNS.some((start) => event.startsWith(start)))
}
