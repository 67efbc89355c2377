import { getLocale, getTranslations } from 'next-intl/server'
import { momentText } from '#app/_i18n/time.ts'
import { showPhone } from '#app/directory/rules/phone.ts'
import type { Room, RoomCase } from './query.ts'
import type { TodoGroup } from './todo.tsx'

/** What waits for a hand, from what is true now: calls, promises, decisions, cases without a person. */
export async function todoGroups(room: Room, now: Date): Promise<TodoGroup[]> {
  const [t, incidents, crisis, locale] = [
    await getTranslations('room.todo'),
    await getTranslations('incidents'),
    await getTranslations('crisis'),
    await getLocale(),
  ]
  const who = await caseWho()
  const when = (at: string) => momentText(new Date(at), { now, locale })
  const { crises, others, otherCount } = room.strip
  const open = [...crises, ...others].filter((one) => one.state === 'open')
  const decisions = crises.filter((one) => one.state === 'open').length + otherCount
  return [
    {
      key: 'calls',
      count: room.calls.length,
      href: '/cell#calls',
      items: room.calls.map((task) => ({
        key: task.who,
        text: task.name,
        href: '/cell#calls',
        tel: task.persons[0]
          ? { href: `tel:${task.persons[0].phone}`, text: showPhone(task.persons[0].phone) }
          : null,
      })),
    },
    {
      key: 'promises',
      count: room.dueCount,
      // Those that are due soon too: the filter would show fewer than are counted.
      href: '/cases',
      items: [...room.missed, ...room.due].map((one) => ({
        key: one.reference,
        text: who(one),
        href: `/cases/${one.reference}`,
        due: one.nextContactAt,
      })),
    },
    {
      key: 'decisions',
      count: decisions,
      href: '/incidents#proposals',
      items: open.map((one) => ({
        key: String(one.id),
        text: `${crisis(`strip.level.${one.level}`)} · ${incidents.has(`proposal.rules.${one.rule}` as never) ? incidents(`proposal.rules.${one.rule}` as never) : one.rule}`,
        href: '/incidents#proposals',
        when: t('asked', { when: when(one.madeAt) }),
      })),
    },
    {
      key: 'unheld',
      count: room.unheldCount,
      href: '/cases?unassigned=1',
      items: room.unheld.map((one) => ({
        key: one.reference,
        text: who(one),
        href: `/cases/${one.reference}`,
        when: t('received', { when: when(one.receivedAt) }),
      })),
    },
  ]
}

/** A case in a few words: its level, who reports, which numbers, where. */
export async function caseWho(): Promise<(one: RoomCase) => string> {
  const vocabulary = await getTranslations('vocabulary')
  return ({ level, organisation, reporterKind, numbers, territory }) => {
    const kind = vocabulary.has(`reporterKind.${reporterKind}` as never)
      ? vocabulary(`reporterKind.${reporterKind}` as never)
      : vocabulary('reporterKind.unknown_caller')
    return [`N${level}`, organisation ?? `${kind} (${territory})`, numbers.join(' ')]
      .filter(Boolean)
      .join(' · ')
  }
}
