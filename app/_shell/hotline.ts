import { getHotlinePhone } from '#app/cell/settings.ts'

export type Hotline = { display: string; href: string }

/** The number that stands on every page, and large when sending fails. Answers even when the database does not. */
export async function readHotline(): Promise<Hotline> {
  const display = await getHotlinePhone()
  return { display, href: `tel:${display.replace(/[^+\d]/g, '')}` }
}
