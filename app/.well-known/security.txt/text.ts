/** Half a year: whoever keeps a copy longer reads it again; the standard advises less than a year. */
const VALID_MS = 182 * 24 * 3600_000
const PATH = '/.well-known/security.txt'

/** An address of mail may be given bare; telephone and web addresses bear their own beginning. */
export function securityText(contact: string, site: string | undefined, now: Date): string {
  const day = new Date(Math.floor((now.getTime() + VALID_MS) / 86_400_000) * 86_400_000)
  const lines = [
    `Contact: ${/^[^:/]+@[^:/]+$/.test(contact) ? `mailto:${contact}` : contact}`,
    `Expires: ${day.toISOString()}`,
    'Preferred-Languages: fr, en',
  ]
  if (site && URL.canParse(PATH, site)) lines.push(`Canonical: ${new URL(PATH, site).href}`)
  return `${lines.join('\n')}\n`
}
