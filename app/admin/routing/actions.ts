'use server'

import { formAction } from '#app/_doors/form.ts'
import { deleteRule, moveRule, saveRule, setRuleActive } from '../commands/routing.ts'
import { ruleActiveInput, ruleIdInput, ruleInput, ruleMoveInput } from '../input.ts'

const roles = ['admin'] as const

export const saveRuleAction = formAction(ruleInput, saveRule, {
  roles,
  next: (_, { id }) => (id ? { key: 'directory.done.saved' } : '/admin/routing?done=made'),
})
export const moveRuleAction = formAction(ruleMoveInput, moveRule, { roles })
export const setRuleActiveAction = formAction(ruleActiveInput, setRuleActive, {
  roles,
  next: ({ active }) => ({ key: active ? 'routing.done.back' : 'routing.done.out' }),
})
export const deleteRuleAction = formAction(ruleIdInput, deleteRule, {
  roles,
  next: () => '/admin/routing?done=deleted',
})
