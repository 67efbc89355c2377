/**
 * The only place which formats an hour, a date or a delay. Pure: `now` and the time zone are arguments.
 * Storage is UTC; a person reads the hour of the place concerned, and Paris time beside it when they differ.
 */
import type { Locale } from './locale.ts'

export const PARIS = 'Europe/Paris'

export type Clock = { now: Date; locale: Locale; timeZone?: string }

/** `date` is null when it is today, there. */
export type Reading = { hour: string; date: string | null }

export type Moment = Reading & {
  iso: string
  /** Paris time, only when the place's clock shows something else. */
  paris: Reading | null
}

/** `16 h 52` in French, `16:52` in English; in the night when the clock goes back, which of the two: `2 h 30 (heure d’été)`. */
export function hourText(at: Date, locale: Locale, timeZone: string = PARIS): string {
  const { hour, minute } = wallClock(at, timeZone)
  const turn = turnOf(at, timeZone)
  const text = locale === 'fr' ? `${Number(hour)}${NBSP}h${NBSP}${minute}` : `${hour}:${minute}`
  return turn ? `${text}${NBSP}(${TURNS[locale][turn]})` : text
}

/** Said by the season whose time it still is, or is again. */
const TURNS: Record<Locale, Record<Turn, string>> = {
  fr: { first: 'heure d’été', second: 'heure d’hiver' },
  en: { first: 'summer time', second: 'winter time' },
}

/** `lun. 23 nov.`, with the year when it is not the year of `now`. */
export function dateText(at: Date, { now, locale, timeZone = PARIS }: Clock): string {
  const otherYear = wallClock(at, timeZone).year !== wallClock(now, timeZone).year
  const text = formatter(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(otherYear ? { year: 'numeric' } : {}),
  }).format(at)
  // English puts a comma after the weekday when there is a year; ours comes before the hour.
  return text.replaceAll(',', '')
}

/** A day of the calendar, without an hour (`2026-11-26`): the same everywhere, `26 nov. 2026`. */
export function dayText(day: string, locale: Locale): string {
  return formatter(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`))
}

export function moment(at: Date, { now, locale, timeZone = PARIS }: Clock): Moment {
  const read = (zone: string): Reading => ({
    hour: hourText(at, locale, zone),
    date: dayKey(at, zone) === dayKey(now, zone) ? null : dateText(at, { now, locale, timeZone: zone }),
  })
  const differs = localStamp(at, timeZone) !== localStamp(at, PARIS)
  return { iso: at.toISOString(), ...read(timeZone), paris: differs ? read(PARIS) : null }
}

/** The whole moment on one line: `mar. 24 nov., 0 h 12 (Paris 5 h 12)`. */
export function momentText(at: Date, clock: Clock): string {
  return withParis(at, clock, ({ hour, date }) => (date ? `${date}, ${hour}` : hour))
}

/** The moment after « avant », « depuis », “since”: `16 h 52`, `le mar. 24 nov. à 0 h 12`. */
export function whenText(at: Date, clock: Clock): string {
  return withParis(at, clock, (reading) => {
    if (!reading.date) return reading.hour
    return clock.locale === 'fr' ? dated(reading, 'fr') : `${reading.date}, ${reading.hour}`
  })
}

/** The moment as the end of a sentence: `à 16 h 52`, `le mar. 24 nov. à 0 h 12`; `at 16:52`, `on Tue 24 Nov at 00:12`. */
export function atText(at: Date, clock: Clock): string {
  return withParis(at, clock, (reading) => dated(reading, clock.locale))
}

function withParis(at: Date, clock: Clock, line: (reading: Reading) => string): string {
  const { hour, date, paris } = moment(at, clock)
  const here = line({ hour, date })
  if (!paris) return here
  // The same date twice on one line says nothing more.
  const there = paris.date && paris.date !== date ? `${paris.date}, ${paris.hour}` : paris.hour
  return `${here} (Paris ${there})`
}

function dated({ hour, date }: Reading, locale: Locale): string {
  if (locale === 'fr') return date ? `le ${date} à ${hour}` : `à ${hour}`
  return date ? `on ${date} at ${hour}` : `at ${hour}`
}

/** The calendar day of a place, `2026-11-23`: to group and to compare days. */
export function dayKey(at: Date, timeZone: string = PARIS): string {
  const { year, month, day } = wallClock(at, timeZone)
  return `${year}-${month}-${day}`
}

export type TimeLeft = {
  overdue: boolean
  days: number
  hours: number
  minutes: number
  seconds: number
  totalSeconds: number
}

/** How far `due` is from `now`; overdue once it is past by a second. */
export function timeLeft(due: Date, now: Date): TimeLeft {
  const difference = Math.trunc((due.getTime() - now.getTime()) / 1000)
  const totalSeconds = Math.abs(difference)
  return {
    overdue: difference < 0,
    days: Math.floor(totalSeconds / 86_400),
    hours: Math.floor((totalSeconds % 86_400) / 3600),
    minutes: Math.floor((totalSeconds % 3600) / 60),
    seconds: totalSeconds % 60,
    totalSeconds,
  }
}

/** Whose clock it is, in words: `heure de Paris`, `heure de La Réunion`. */
export function zoneText(timeZone: string, locale: Locale): string {
  if (timeZone === PARIS) return PARIS_TIME[locale]
  const parts = formatter(locale === 'fr' ? 'fr-FR' : 'en-GB', { timeZone, timeZoneName: 'longGeneric' })
  return parts.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

const PARIS_TIME: Record<Locale, string> = { fr: 'heure de Paris', en: 'Paris time' }

/** `40 s`, `4 min`, `1 h 05`, `2 j 3 h`: the two largest units, never rounded up, no zero of a smaller one. */
export function durationText(seconds: number, locale: Locale): string {
  const left = timeLeft(new Date(Math.abs(seconds) * 1000), new Date(0))
  const two = (n: number) => String(n).padStart(2, '0')
  if (left.days > 0)
    return `${left.days}${NBSP}${DAY[locale]}${left.hours > 0 ? ` ${left.hours}${NBSP}h` : ''}`
  if (left.hours > 0) return `${left.hours}${NBSP}h${left.minutes > 0 ? `${NBSP}${two(left.minutes)}` : ''}`
  if (left.minutes > 0) return `${left.minutes}${NBSP}min`
  return `${left.seconds}${NBSP}s`
}

export function durationBetween(from: Date, to: Date, locale: Locale): string {
  return durationText((to.getTime() - from.getTime()) / 1000, locale)
}

/** Sentences with one hole each, `{time}`: `dans {time}`, `en retard de {time}`. */
export type CountdownWords = { ahead: string; overdue: string }

export function countdownText(due: Date, now: Date, locale: Locale, words: CountdownWords): string {
  const left = timeLeft(due, now)
  const sentence = left.overdue ? words.overdue : words.ahead
  return sentence.replace('{time}', durationText(left.totalSeconds, locale))
}

/** What a `datetime-local` field shows for this instant: `2026-11-23T16:52`. */
export function toLocalInput(at: Date, timeZone: string = PARIS): string {
  return localStamp(at, timeZone)
}

/** What such a field starts from: the hour, and which of the two it is in the night when the clock goes back. */
export function localField(at: Date, timeZone: string = PARIS): { defaultValue: string; defaultTurn?: Turn } {
  const turn = turnOf(at, timeZone)
  return { defaultValue: toLocalInput(at, timeZone), ...(turn ? { defaultTurn: turn } : {}) }
}

/** In autumn an hour of the clock passes twice: before the clock goes back, and after. */
export type Turn = 'first' | 'second'
/** Why a field names no instant: it is no date, its hour passes twice that night, or never (in spring). */
export type HourFault = '!no_date' | '!twice' | '!never'

/** What a `datetime-local` field meant, there; of an hour that passes twice, the one that was said. */
export function fromLocalInput(text: string, timeZone: string = PARIS, turn?: string): Date | HourFault {
  const match = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d/.exec(text)
  if (!match || !zones().has(timeZone)) return '!no_date'
  const [first, second] = instantsOf(match[0], timeZone) ?? []
  if (first === undefined) return Number.isNaN(dateOf(match[0])) ? '!no_date' : '!never'
  if (second === undefined) return new Date(first)
  if (turn !== 'first' && turn !== 'second') return '!twice'
  return new Date(turn === 'first' ? first : second)
}

/** Which of the two it is, when the clock of the place shows this hour twice. */
function turnOf(at: Date, timeZone: string): Turn | null {
  // No clock of a French territory goes back in another month (Paris in October, Saint-Pierre-et-Miquelon in November).
  if (!/^1[01]$/.test(wallClock(at, timeZone).month)) return null
  const both = instantsOf(localStamp(at, timeZone), timeZone)
  if (both?.length !== 2) return null
  return Math.floor(at.getTime() / 60_000) * 60_000 === both[0] ? 'first' : 'second'
}

/** The instants at which the clock of the place shows this; null when it is no date. */
function instantsOf(stamp: string, timeZone: string): number[] | null {
  const asUtc = dateOf(stamp)
  if (Number.isNaN(asUtc)) return null
  const around = [asUtc - DAY_MS, asUtc + DAY_MS].map((near) => asUtc - offset(new Date(near), timeZone))
  return [...new Set(around)].filter((t) => localStamp(new Date(t), timeZone) === stamp).sort((x, y) => x - y)
}

function dateOf(stamp: string): number {
  const asUtc = Date.parse(`${stamp}:00Z`)
  return Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 16) !== stamp ? Number.NaN : asUtc
}

/** As the address book of the system knows them: a form says which one, and nobody answers for what it says. */
function zones(): Set<string> {
  knownZones ??= new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])
  return knownZones
}
let knownZones: Set<string> | undefined

const NBSP = '\u00a0'
const DAY: Record<Locale, string> = { fr: 'j', en: 'd' }
const DAY_MS = 86_400_000

/** Milliseconds the place's clock is ahead of UTC. */
function offset(at: Date, timeZone: string): number {
  return Date.parse(`${localStamp(at, timeZone)}:00Z`) - Math.floor(at.getTime() / 60_000) * 60_000
}

function localStamp(at: Date, timeZone: string): string {
  const { hour, minute } = wallClock(at, timeZone)
  return `${dayKey(at, timeZone)}T${hour}:${minute}`
}

/** The same few hundred minutes are read over and over by the rows of a page. */
function wallClock(at: Date, timeZone: string): WallClock {
  const key = `${Math.floor(at.getTime() / 60_000)} ${timeZone}`
  const known = minutesRead.get(key)
  if (known) return known
  if (minutesRead.size > MINUTES_KEPT) minutesRead.clear()
  const read = readWallClock(at, timeZone)
  minutesRead.set(key, read)
  return read
}

type WallClock = { year: string; month: string; day: string; hour: string; minute: string }
const minutesRead = new Map<string, WallClock>()
const MINUTES_KEPT = 5_000

function readWallClock(at: Date, timeZone: string): WallClock {
  const parts = formatter('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? ''
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making one costs more than a hundred uses of it, and a queue shows fifty rows. */
function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(language, options)
  formatters.set(key, made)
  return made
}
