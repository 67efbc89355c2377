import type { Actor } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { phoneReason, readPhone } from '#app/directory/rules/phone.ts'
import type { callbackInput, Input } from '../input.ts'
import { changeCase } from './change.ts'

/** Where to call back has changed: the new number takes the place of the old. The journal says that, never the number. */
export function changeCallback(
  actor: Actor,
  input: Input<typeof callbackInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'change_callback', now, ({ row }) => {
    const { phone, fault } = readPhone(input.callbackPhone, row.territoryCode)
    if (fault) return { ...refused('cases.invalid.form'), fields: { callbackPhone: phoneReason(fault) } }
    return {
      set: { callbackPhone: phone },
      line: { event: 'case.callback_changed', visibility: 'public', certainty: 'reported' },
      value: {},
    }
  })
}
