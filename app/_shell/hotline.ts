export type Hotline = { display: string; href: string }

/** From the range reserved for fiction, so that a demo can never ring at somebody's. */
const DEMO_NUMBER = '01 99 00 24 24'

/** The number that stands on every page, and large when sending fails. Must answer when the database does not. */
export function hotline(): Hotline {
  const display = process.env.PERMANENCE_HOTLINE || DEMO_NUMBER
  return { display, href: `tel:${display.replace(/[^+\d]/g, '')}` }
}
