import { roleMay } from '#app/_auth/rules/roles.ts'
import type { Role } from '#db/schema/account.ts'

type Told = { kind: string; reference: string | null; data: Record<string, string | number> }

/** The page that a message leads to, for whoever reads it as this role; null when there is none that he may see. */
export function wayTo({ kind, reference, data }: Told, role: Role): string | null {
  const cell = roleMay(role, 'cases.watch')
  if (kind.startsWith('instruction_')) return `/instructions/${data.instructionId}`
  if (/^(statement|public)_/.test(kind)) return '/statements'
  if (kind.startsWith('broadcast_')) return `/broadcasts/${data.broadcastId}`
  if (kind.startsWith('fallback_')) return `/fallbacks/${data.fallbackId}`
  if (reference) return `${cell ? '/cases' : '/my'}/${reference}`
  if (!cell) return null
  const ofAccount = ['account_passphrase_forgotten', 'account_data_rectified']
  if (ofAccount.includes(kind) && roleMay(role, 'accounts.keep')) return `/admin/accounts/${data.accountId}`
  if (kind === 'cell_mail_put_aside') return '/calls/letters'
  if (kind.startsWith('call_')) return '/calls'
  if (kind.startsWith('lesson_')) return '/lessons'
  if (kind.startsWith('migration_')) return `/migration/${data.siteId}`
  if (kind.startsWith('roster_')) return '/cell/roster'
  if (kind === 'cell_unreached' || kind === 'notice_call_due') return '/cell#calls'
  if (data.incident) return `/incidents/${data.incident}`
  return '/cell'
}
