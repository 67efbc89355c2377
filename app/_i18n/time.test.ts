import { describe, expect, it } from 'vitest'
import {
  atText,
  countdownText,
  dateText,
  dayKey,
  durationText,
  fromLocalInput,
  hourText,
  localField,
  moment,
  momentText,
  PARIS,
  timeLeft,
  toLocalInput,
  whenText,
  zoneText,
} from './time.ts'

const at = (iso: string) => new Date(iso)
/** Non-breaking spaces matter on screen, not in a table of cases. */
const plain = (text: string | null | undefined) => text?.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')

describe('the hour', () => {
  it.each([
    ['2021-06-02T14:52:00Z', 'fr', PARIS, '16 h 52'],
    ['2021-06-02T14:52:00Z', 'en', PARIS, '16:52'],
    ['2021-06-02T22:05:00Z', 'fr', PARIS, '0 h 05'],
    ['2021-06-02T22:05:00Z', 'en', PARIS, '00:05'],
    ['2021-06-02T14:52:00Z', 'fr', 'America/Martinique', '10 h 52'],
    ['2021-06-02T14:52:00Z', 'fr', 'Indian/Reunion', '18 h 52'],
  ] as const)('%s in %s at %s', (iso, locale, zone, expected) => {
    expect(plain(hourText(at(iso), locale, zone))).toBe(expected)
  })

  it('does not break between its pieces', () => {
    expect(hourText(at('2021-06-02T14:52:00Z'), 'fr')).toBe('16\u00a0h\u00a052')
  })

  it.each([
    ['before the clock goes forward', '2027-03-28T00:59:00Z', '1 h 59'],
    ['after it went forward', '2027-03-28T01:00:00Z', '3 h 00'],
    ['the first 2 h 30 of autumn', '2026-10-25T00:30:00Z', '2 h 30 (heure d’été)'],
    ['the second 2 h 30 of autumn', '2026-10-25T01:30:00Z', '2 h 30 (heure d’hiver)'],
    ['the last minute that passes once', '2026-10-24T23:59:00Z', '1 h 59'],
    ['the first minute that passes twice', '2026-10-25T00:00:00Z', '2 h 00 (heure d’été)'],
    ['the last minute that passes twice', '2026-10-25T01:59:00Z', '2 h 59 (heure d’hiver)'],
    ['the first minute that passes once again', '2026-10-25T02:00:00Z', '3 h 00'],
  ])('%s', (_, iso, expected) => {
    expect(plain(hourText(at(iso), 'fr'))).toBe(expected)
  })
})

describe('the moment', () => {
  const now = at('2026-11-23T22:30:00Z') // 23 h 30 in Paris

  it('gives the hour alone today', () => {
    expect(plain(momentText(at('2026-11-23T15:52:00Z'), { now, locale: 'fr' }))).toBe('16 h 52')
  })

  it.each([
    ['one minute before midnight is still today', '2026-11-23T22:59:00Z', '23 h 59'],
    ['midnight is tomorrow', '2026-11-23T23:00:00Z', 'mar. 24 nov., 0 h 00'],
    ['yesterday', '2026-11-22T22:59:00Z', 'dim. 22 nov., 23 h 59'],
    ['another year is written', '2025-11-23T15:52:00Z', 'dim. 23 nov. 2025, 16 h 52'],
  ])('%s', (_, iso, expected) => {
    expect(plain(momentText(at(iso), { now, locale: 'fr' }))).toBe(expected)
  })

  it('shows Paris beside a place whose clock differs', () => {
    const clock = { now, locale: 'fr', timeZone: 'America/Martinique' } as const
    expect(plain(momentText(at('2026-11-23T15:52:00Z'), clock))).toBe('11 h 52 (Paris 16 h 52)')
  })

  it('dates each side by its own calendar', () => {
    // 23 h 30 in Paris is already Tuesday in Nouméa.
    const clock = { now, locale: 'fr', timeZone: 'Pacific/Noumea' } as const
    expect(plain(momentText(now, clock))).toBe('9 h 30 (Paris 23 h 30)')
    expect(plain(momentText(at('2026-11-23T12:30:00Z'), clock))).toBe('lun. 23 nov., 23 h 30 (Paris 13 h 30)')
  })

  it('does not repeat Paris for a place on Paris time, in either season', () => {
    for (const iso of ['2026-07-01T10:00:00Z', '2026-12-01T10:00:00Z'])
      expect(moment(at(iso), { now, locale: 'fr', timeZone: 'Europe/Brussels' }).paris).toBeNull()
  })

  it.each([
    ['2026-11-23T15:52:00Z', 'fr', PARIS, '16 h 52', 'à 16 h 52'],
    ['2026-11-23T15:52:00Z', 'en', PARIS, '16:52', 'at 16:52'],
    ['2026-11-23T23:12:00Z', 'fr', PARIS, 'le mar. 24 nov. à 0 h 12', 'le mar. 24 nov. à 0 h 12'],
    ['2026-11-23T23:12:00Z', 'en', PARIS, 'Tue 24 Nov, 00:12', 'on Tue 24 Nov at 00:12'],
    ...(
      [
        ['fr', '19 h 12 (Paris mar. 24 nov., 0 h 12)', 'à 19 h 12 (Paris mar. 24 nov., 0 h 12)'],
        ['en', '19:12 (Paris Tue 24 Nov, 00:12)', 'at 19:12 (Paris Tue 24 Nov, 00:12)'],
      ] as const
    ).map(
      ([locale, when, atHour]) =>
        ['2026-11-23T23:12:00Z', locale, 'America/Martinique', when, atHour] as const,
    ),
  ] as const)('%s in a sentence, in %s at %s', (iso, locale, timeZone, when, atHour) => {
    expect(plain(whenText(at(iso), { now, locale, timeZone }))).toBe(when)
    expect(plain(atText(at(iso), { now, locale, timeZone }))).toBe(atHour)
  })

  it('is written in English', () => {
    expect(plain(momentText(at('2026-11-24T15:52:00Z'), { now, locale: 'en' }))).toBe('Tue 24 Nov, 16:52')
    expect(plain(dateText(at('2025-01-02T15:52:00Z'), { now, locale: 'en' }))).toBe('Thu 2 Jan 2025')
  })
})

describe('the day', () => {
  it.each([
    ['2026-11-23T22:59:59Z', PARIS, '2026-11-23'],
    ['2026-11-23T23:00:00Z', PARIS, '2026-11-24'],
    ['2026-07-23T21:59:59Z', PARIS, '2026-07-23'],
    ['2026-07-23T22:00:00Z', PARIS, '2026-07-24'],
    ['2026-11-24T03:59:59Z', 'America/Cayenne', '2026-11-24'],
    ['2026-11-24T02:59:59Z', 'America/Cayenne', '2026-11-23'],
  ])('%s at %s', (iso, zone, expected) => {
    expect(dayKey(at(iso), zone)).toBe(expected)
  })
})

describe('the delay', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [59 * 60 + 59, '59 min'],
    [3600, '1 h'],
    [3900, '1 h 05'],
    [86_399, '23 h 59'],
    [86_400, '1 j'],
    [2 * 86_400 + 3 * 3600, '2 j 3 h'],
  ])('%d seconds', (seconds, expected) => {
    expect(plain(durationText(seconds, 'fr'))).toBe(expected)
  })

  const words = { ahead: 'dans {time}', overdue: 'en retard de {time}' }
  const now = at('2026-11-23T12:00:00Z')

  it.each([
    ['2026-11-23T12:04:30Z', 'dans 4 min'],
    ['2026-11-23T12:00:00Z', 'dans 0 s'],
    ['2026-11-23T11:59:59Z', 'en retard de 1 s'],
    ['2026-11-23T11:48:00Z', 'en retard de 12 min'],
  ])('to %s', (due, expected) => {
    expect(plain(countdownText(at(due), now, 'fr', words))).toBe(expected)
  })

  it('counts elapsed time across both clock changes, not wall-clock hours', () => {
    expect(timeLeft(at('2027-03-28T02:00:00Z'), at('2027-03-28T00:00:00Z')).hours).toBe(2)
    expect(timeLeft(at('2026-10-25T02:00:00Z'), at('2026-10-25T00:00:00Z')).hours).toBe(2)
  })
})

describe('the field of a form', () => {
  it.each([
    ['an ordinary hour', '2026-11-23T16:52', PARIS, '2026-11-23T15:52:00.000Z'],
    ['summer', '2026-06-02T16:52', PARIS, '2026-06-02T14:52:00.000Z'],
    ['overseas', '2026-11-23T16:52', 'Indian/Reunion', '2026-11-23T12:52:00.000Z'],
    ['just after the clock went back', '2026-10-25T03:00', PARIS, '2026-10-25T02:00:00.000Z'],
  ])('%s', (_, text, zone, expected) => {
    expect(fromLocalInput(text, zone)).toEqual(at(expected))
  })

  const MIQUELON = 'America/Miquelon'
  it.each([
    ['Paris, before the clock goes back', '2026-10-25T02:30', PARIS, 'first', '2026-10-25T00:30:00.000Z'],
    ['Paris, after it', '2026-10-25T02:30', PARIS, 'second', '2026-10-25T01:30:00.000Z'],
    ['Miquelon, before', '2026-11-01T01:30', MIQUELON, 'first', '2026-11-01T03:30:00.000Z'],
    ['Miquelon, after', '2026-11-01T01:30', MIQUELON, 'second', '2026-11-01T04:30:00.000Z'],
  ])('of two hours the one that is said: %s', (_, text, zone, turn, expected) => {
    expect(fromLocalInput(text, zone, turn)).toEqual(at(expected))
    expect(fromLocalInput(text, zone), 'not said: asked').toBe('!twice')
    expect(localField(at(expected), zone), 'shown again').toEqual({ defaultValue: text, defaultTurn: turn })
  })

  it.each([
    ['Paris in spring', '2027-03-28T02:30', PARIS, '!never'],
    ['Paris, its first minute', '2027-03-28T02:00', PARIS, '!never'],
    ['Paris, its last minute', '2027-03-28T02:59', PARIS, '!never'],
    ['Miquelon in spring', '2027-03-14T02:30', MIQUELON, '!never'],
  ])('an hour that never was is no instant: %s', (_, text, zone, fault) => {
    expect(fromLocalInput(text, zone)).toBe(fault)
    expect(fromLocalInput(text, zone, 'first')).toBe(fault)
  })

  it.each([
    ['2026-10-25T02:30', 'America/Martinique'],
    ['2026-10-25T02:30', 'Indian/Reunion'],
    ['2027-03-28T02:30', 'Pacific/Noumea'],
    ['2026-10-25T01:59', PARIS],
    ['2026-10-25T03:00', PARIS],
    ['2027-03-28T01:59', PARIS],
    ['2027-03-28T03:00', PARIS],
  ])('%s at %s is one instant, and comes back the same', (text, zone) => {
    const read = fromLocalInput(text, zone)
    expect(read).toBeInstanceOf(Date)
    expect(localField(read as Date, zone)).toEqual({ defaultValue: text })
  })

  it('each minute of the two nights comes back as itself, and no two read alike', () => {
    for (const [zone, from] of [
      [PARIS, '2026-10-24T22:00:00Z'],
      [PARIS, '2027-03-27T23:00:00Z'],
      [MIQUELON, '2026-11-01T01:00:00Z'],
      [MIQUELON, '2027-03-14T02:00:00Z'],
    ] as const) {
      const shown = new Set<string>()
      for (let minute = 0; minute < 6 * 60; minute += 7) {
        const one = new Date(Date.parse(from) + minute * 60_000)
        const { defaultValue, defaultTurn } = localField(one, zone)
        expect(fromLocalInput(defaultValue, zone, defaultTurn)).toEqual(one)
        shown.add(hourText(one, 'fr', zone) + hourText(one, 'en', zone) + dayKey(one, zone))
      }
      expect(shown.size).toBe(Math.ceil((6 * 60) / 7))
    }
  })

  it.each(['', 'demain', '2026-13-01T10:00', '2026-02-30T10:00', '2026-11-23T25:00'])(
    'refuses %j',
    (text) => {
      expect(fromLocalInput(text)).toBe('!no_date')
    },
  )

  it('comes back the same', () => {
    const instant = at('2026-11-23T15:52:00Z')
    expect(fromLocalInput(toLocalInput(instant))).toEqual(instant)
  })
})

describe('whose clock', () => {
  it.each([
    ['Europe/Paris', 'heure de Paris', 'Paris time'],
    ['Indian/Reunion', 'heure de La Réunion', 'Réunion Time'],
  ])('is said in words: %s', (zone, french, english) => {
    expect(zoneText(zone, 'fr')).toBe(french)
    expect(zoneText(zone, 'en')).toBe(english)
  })
})
