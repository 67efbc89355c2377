import { type Asked, one } from '#app/admin/asked.ts'
import type { Standing } from './queries.ts'

export type RegisterFilter = { country: string; number: string; cause: string }

export function askedFilter(asked: Asked): RegisterFilter {
  return { country: one(asked, 'country'), number: one(asked, 'number'), cause: one(asked, 'cause') }
}

/** Blank asks for all. */
export function filtered(all: readonly Standing[], { country, number, cause }: RegisterFilter): Standing[] {
  return all.filter(
    ({ loss }) =>
      (country === '' || loss.country === country) &&
      (number === '' || loss.numbers.includes(number)) &&
      (cause === '' || loss.cause.family === cause),
  )
}
