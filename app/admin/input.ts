import { z } from 'zod'
import { ACCOUNT_SCOPES, ALONE_SCOPES, LONGEST_DAYS } from '#app/_auth/rules/scopes.ts'
import { maskLongNumbers } from '#app/cases/rules/masking.ts'
import { isEmergencyNumber, readPhone, showPhone } from '#app/directory/rules/phone.ts'
import { ROLES } from '#db/schema/account.ts'

const id = z.coerce.number('directory.invalid.choice').int().positive()
const ids = z.array(id).max(200).default([])
const optionalId = id.optional().transform((value) => value ?? null)
const name = z.string('forms.required').trim().min(1, 'forms.required').max(200)
const seen = z.string().max(40).optional()
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

export const newAccountInput = z.object({
  email: z
    .email('directory.invalid.email')
    .max(254)
    .transform((text) => text.toLowerCase()),
  name,
  role: z.enum(ROLES, 'directory.invalid.choice'),
  organisationId: optionalId,
  locale: z.enum(['fr', 'en']).default('fr'),
})

export const accountInput = z.object({
  id,
  seen,
  name,
  role: z.enum(ROLES, 'directory.invalid.choice'),
  organisationId: optionalId,
  postId: optionalId,
})

/** `handTo`: who takes what the person has in hand, when the account is put out of use. */
export const accountActiveInput = z.object({ id, active: flag, handTo: optionalId })
export const accountIdInput = z.object({ id })
/** Chosen among those who came, as one value of a list. */
export const bindInput = z.object({
  id,
  identity: z
    .string('forms.required')
    .min(1, 'forms.required')
    .max(1_000, 'directory.invalid.choice')
    .regex(/^\S+ \S+$/, 'directory.invalid.choice'),
})
export const unbindInput = z.object({ identityId: id })
export const strongInput = z.object({
  id,
  asked: z.enum(['true', 'false']).transform((said) => said === 'true'),
})
export const sessionInput = z.object({ accountId: id, sessionId: z.uuid().optional() })

const days = z.coerce
  .number('directory.invalid.choice')
  .int()
  .min(1)
  .max(LONGEST_DAYS, 'accounts.refused.too_long')
  .default(LONGEST_DAYS)
export const tokenInput = z.object({
  accountId: id,
  name,
  scopes: z.array(z.enum(ACCOUNT_SCOPES, 'directory.invalid.choice')).min(1, 'accounts.refused.no_scope'),
  days,
})
/** The key of a device beside us: it speaks as nobody and opens one door. */
export const deviceTokenInput = z.object({
  name,
  scope: z.enum(ALONE_SCOPES, 'directory.invalid.choice'),
  days,
})
export const tokenIdInput = z.object({ id })

export const teamInput = z.object({ id: id.optional(), seen, name, members: ids })
export const teamActiveInput = z.object({ id, active: flag })

/** The number that was called, as it stood on the page. */
export const hotlineCalledInput = z.object({ number: z.string('forms.required').trim().min(1).max(60) })

export const settingsInput = z.object({
  hotline_phone: z
    .string('forms.required')
    .trim()
    .max(60)
    .transform((typed, context) => {
      const { phone, fault } = readPhone(typed)
      if (isEmergencyNumber(typed))
        context.addIssue({ code: 'custom', message: 'directory.invalid.hotline_emergency' })
      // The line may have a short number of its own.
      else if (fault && fault.why !== 'short')
        context.addIssue({ code: 'custom', message: 'directory.invalid.hotline' })
      return phone ? showPhone(phone) : typed
    }),
  operator_name: name.max(120),
  /** Why: read again the day the number turns out wrong. */
  reason: name.transform(maskLongNumbers),
})

/** Codes as a person types them: “59, 62 R32”. */
const codes = z
  .string()
  .max(2000)
  .default('')
  .transform((text) => [
    ...new Set(
      text
        .toUpperCase()
        .split(/[\s,;|]+/)
        .filter(Boolean),
    ),
  ])

export const ruleInput = z.object({
  id: id.optional(),
  seen,
  name,
  territories: codes,
  numbers: z.array(z.string().max(12)).max(40).default([]),
  levels: z.array(z.coerce.number().int().min(1).max(4)).max(4).default([]),
  reporterKinds: z.array(z.string().max(40)).max(40).default([]),
  teamId: id,
  /** Accounts in the order in which they are proposed; a place left blank is skipped. */
  assigneeOrder: z
    .array(z.string())
    .max(20)
    .default([])
    .transform((list) => [...new Set(list.map(Number).filter((one) => Number.isInteger(one) && one > 0))]),
})

export const ruleMoveInput = z.object({ id, to: z.enum(['up', 'down']) })
export const ruleIdInput = z.object({ id })
export const ruleActiveInput = z.object({ id, active: flag })

export type Input<Schema extends z.ZodType> = z.output<Schema>
