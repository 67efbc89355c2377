import { clockNow } from '#app/_doors/clock.ts'
import { readHotline } from '#app/_shell/hotline.ts'
import { securityText } from './text.ts'

export const dynamic = 'force-dynamic'

/** Where to tell us of a weakness (RFC 9116): the setting SECURITY_CONTACT, or the line that is always answered. */
export async function GET(): Promise<Response> {
  const contact = process.env.SECURITY_CONTACT ?? (await readHotline()).href
  return new Response(securityText(contact, process.env.NEXTAUTH_URL, clockNow()), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=86400' },
  })
}
