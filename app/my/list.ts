import { getLocale, getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import type { Locale } from '#app/_i18n/locale.ts'
import { momentText, PARIS } from '#app/_i18n/time.ts'
import { makeShared } from '#app/_live/shared.ts'
import { isOpen } from '#app/cases/rules/states.ts'
import type { Tone } from '#components/tag.tsx'
import type { Level } from '#db/schema/cases.ts'
import { together } from '#db/transaction.ts'
import { type Cursor, writeCursor } from './cursor.ts'
import type { Filters } from './filters.ts'
import { type ListedCase, listCases, type NumberOfTerritory, readByNumber } from './queries.ts'
import { STATE_TONE } from './tones.ts'

/** A case in the words of who follows it. */
export type MyLine = {
  reference: string
  state: { tone: Tone; text: string }
  level: { level: Level; text: string }
  numbers: string
  symptom: string
  place: string | null
  organisation?: string
  received: Hour
  /** The next contact that was promised. */
  next?: Hour & { late: boolean }
}
/** An instant as it reads where it matters. */
type Hour = { at: string; text: string }
/** A number that fails in the territory. */
type NumberLine = {
  number: string
  level: MyLine['level']
  open: string
  late?: string
  since: Hour
}
/** "My cases" as it is drawn anew: `at` is the server's present; `numbers` for a territory. */
export type MyList = { at: string; lines: MyLine[]; numbers: NumberLine[] | null; next: string | null }

const shared = makeShared<MyList>()

type Asked = { filters: Filters; after: Cursor | null; now: Date }

/** For whoever follows cases. Those of one organisation see the same rows: one reading serves all who ask at once. */
export function readMyList(actor: AccountActor, locale: Locale, asked: Asked): Promise<MyList> {
  return shared({ key: listKey(actor, locale, asked), actor, now: asked.now }, () => drawnList(actor, asked))
}

/** Two who share it may see the same (policies `seen` of the tables read here) and read it in the same words. */
export function listKey(actor: AccountActor, locale: Locale, { filters, after }: Omit<Asked, 'now'>): string {
  const { role, exerciseId, organisationId, territories } = actor
  const { scope, standing, level, number } = filters
  return JSON.stringify([
    ...[role, exerciseId, organisationId, territories, locale],
    ...[scope, standing, level, number, after && writeCursor(after)],
  ])
}

/** The same, for one alone: what the page is made of. */
export async function drawnList(actor: AccountActor, { filters, after, now }: Asked): Promise<MyList> {
  const territory = filters.scope === 'territory'
  const [{ rows, next }, numbers] = await together(actor, () =>
    Promise.all([listCases(actor, filters, after, now), territory ? readByNumber(actor, now) : null]),
  )
  const say = await sayings(now)
  return {
    at: now.toISOString(),
    lines: rows.map((row) => say.line(row, territory)),
    numbers: numbers && [...numbers].map(say.number),
    next: next && writeCursor(next),
  }
}

async function sayings(now: Date) {
  const [locale, t, vocabulary, symptoms] = [
    await getLocale(),
    await getTranslations('my'),
    await getTranslations('vocabulary'),
    await getTranslations('symptoms'),
  ]
  const levelOf = (level: Level) => ({ level, text: vocabulary(`levelShort.${level}`) })

  function hour(at: Date, timeZone: string | null = null): Hour {
    return { at: at.toISOString(), text: momentText(at, { now, locale, timeZone: timeZone ?? PARIS }) }
  }

  function line(row: ListedCase, territory: boolean): MyLine {
    const { state, symptom, nextContactAt } = row
    return {
      reference: row.reference,
      state: { tone: STATE_TONE[state], text: t(`state.${state}`) },
      level: levelOf(row.level),
      numbers: row.numbers.join(', '),
      symptom: symptoms.has(symptom) ? symptoms(symptom) : symptom,
      place: row.territory,
      organisation: (territory && row.organisation) || undefined,
      received: hour(row.receivedAt, row.timeZone),
      next:
        nextContactAt && isOpen(state)
          ? { ...hour(nextContactAt, row.timeZone), late: nextContactAt < now }
          : undefined,
    }
  }

  function number({ number, open, late, level, since, places }: NumberOfTerritory): NumberLine {
    return {
      number,
      level: levelOf(level),
      open: t('numbers.open', { open, places }),
      late: late > 0 ? t('numbers.late', { late }) : undefined,
      since: hour(new Date(since)),
    }
  }
  return { line, number }
}
