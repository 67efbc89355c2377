import { type Asked, one } from '#app/admin/asked.ts'
import type { Account, Choice } from './rules/account.ts'

/** What stands there when nothing was chosen: France beside the four countries that the inquiry names. */
const FIRST: Choice = { subject: 'fr-2021', others: ['de-2021', 'uk-2023', 'be-2021', 'us-2018'] }

/** What an address asks to see beside what; the same for the page and its file. */
export function chosenOf(asked: Asked): { chosen: Choice; withRules: boolean } {
  const chosen = asked.subject
    ? { subject: one(asked, 'subject'), others: [asked.with ?? []].flat().filter(Boolean) }
    : FIRST
  return { chosen, withRules: one(asked, 'rules') === '1' }
}

/** The address of the file of what is seen. */
export function fileAddress({ subject, others }: Choice, withRules: boolean): string {
  const asked = [['subject', subject], ...others.map((other) => ['with', other])]
  return `/comparisons/pdf?${new URLSearchParams([...asked, ...(withRules ? [['rules', '1']] : [])])}`
}

type Words = (key: 'rules_of', values: { name: string }) => string

/** A reconstruction says that it is one, wherever it is named. */
export function titleOf(account: Account, locale: 'fr' | 'en', t: Words): string {
  const name = account.name[locale]
  return account.kind === 'reconstruction' ? t('rules_of', { name }) : name
}
