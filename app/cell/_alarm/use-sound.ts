import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState } from 'react'
import { announce } from '#components/live-region.tsx'
import { ALARM_KINDS, type Alarm, soundNow } from '../rules/alarms.ts'
import { mayBeHeard, onHearing, play } from './sounds.ts'

/** Told on the window when a sound is played: `detail` is its kind. */
export const ALARM_EVENT = 'permanence:alarm'

const BETWEEN_TESTS_MS = 1_800

/**
 * The sounds of this browser: one of its tabs plays them, and all of them remember what was heard. An exercise is quiet unless
 * somebody asks for its sounds.
 */
export function useSound(alarms: Alarm[] | null, exercise: boolean) {
  const t = useTranslations('alarm')
  const name = exercise ? 'alarm-sound-exercise' : 'alarm-sound'
  const [on, setOn] = useState(!exercise)
  const [heard, setHeard] = useState(true)
  const current = useRef({ on, alarms, holds: false })
  current.current.on = on

  const look = useCallback(() => {
    const { alarms, holds } = current.current
    if (!alarms) return
    const before = remembered(name)
    const fresh = alarms.filter(({ key }) => !before.known.includes(key))
    const kind = soundNow(alarms, new Set(before.known), before.last, Date.now())
    if (!holds || (fresh.length === 0 && !kind && before.known.length === alarms.length)) return
    const sounds = kind !== null && current.current.on
    remember(name, { known: alarms.map(({ key }) => key), last: sounds ? Date.now() : before.last })
    if (fresh[0]) {
      const [{ kind, reference, what }] = fresh as [Alarm]
      const sentence = [t(`kind.${kind}`), reference, what].filter(Boolean).join(' ')
      notify(
        t('title'),
        fresh.length > 1 ? `${sentence} ${t('more', { count: fresh.length - 1 })}` : sentence,
      )
    }
    if (!sounds) return
    window.dispatchEvent(new CustomEvent(ALARM_EVENT, { detail: kind }))
    void play(kind).then(setHeard)
  }, [name, t])

  useEffect(() => setOn(kept(name) === null ? !exercise : kept(name) === 'on'), [name, exercise])
  useEffect(() => {
    current.current.alarms = alarms
    look()
  }, [alarms, look])
  useEffect(() => {
    const timer = setInterval(look, 1_000)
    const done = new AbortController()
    let letGo = () => {}
    // When the tab that sounds is closed the next one does.
    const hold = () => {
      current.current.holds = true
      look()
      return new Promise<void>((resolve) => {
        letGo = resolve
      })
    }
    if (navigator.locks) navigator.locks.request(name, { signal: done.signal }, hold).catch(() => {})
    else void hold()
    return () => {
      clearInterval(timer)
      done.abort()
      letGo()
    }
  }, [name, look])
  useEffect(() => {
    const touched = () => void mayBeHeard().then(setHeard)
    const deaf = onHearing(setHeard)
    touched()
    document.addEventListener('pointerdown', touched)
    document.addEventListener('keydown', touched)
    return () => {
      deaf()
      document.removeEventListener('pointerdown', touched)
      document.removeEventListener('keydown', touched)
    }
  }, [])

  return {
    on,
    /** False: this browser lets nothing be heard. */
    heard,
    turn: () => {
      keep(name, on ? 'off' : 'on')
      setOn(!on)
    },
    /** All three, one after the other; and the browser is asked whether it may notify. */
    test: async () => {
      if (typeof Notification === 'function' && Notification.permission === 'default')
        await Notification.requestPermission().catch(() => {})
      for (const kind of ALARM_KINDS) {
        setHeard(await play(kind))
        await new Promise((rested) => setTimeout(rested, BETWEEN_TESTS_MS))
      }
    },
  }
}

/** Said to who does not see it; shown over other windows to who looks elsewhere. */
function notify(title: string, body: string): void {
  announce(body)
  if (!document.hidden || typeof Notification !== 'function' || Notification.permission !== 'granted') return
  new Notification(title, { body, tag: 'permanence-alarm' })
}

type Remembered = { known: string[]; last: number | null }

function remembered(name: string): Remembered {
  try {
    return { known: [], last: null, ...JSON.parse(kept(`${name}-known`) ?? '{}') }
  } catch {
    return { known: [], last: null }
  }
}

const remember = (name: string, what: Remembered) => keep(`${name}-known`, JSON.stringify(what))

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage refused: it lasts as long as the page.
  }
}
