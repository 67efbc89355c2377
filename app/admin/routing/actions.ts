'use server'

import { formAction } from '#app/_doors/form.ts'
import { deleteRule, moveRule, saveRule, setRuleActive } from '../commands/routing.ts'
import { ruleActiveInput, ruleIdInput, ruleInput, ruleMoveInput } from '../input.ts'

const may = 'routing.keep'

export const saveRuleAction = formAction(ruleInput, saveRule, {
  may,
  next: (_, { id }) => (id ? { key: 'directory.done.saved' } : '/admin/routing?done=made'),
})
export const moveRuleAction = formAction(ruleMoveInput, moveRule, { may })
export const setRuleActiveAction = formAction(ruleActiveInput, setRuleActive, {
  may,
  next: ({ active }) => ({ key: active ? 'routing.done.back' : 'routing.done.out' }),
})
export const deleteRuleAction = formAction(ruleIdInput, deleteRule, {
  may,
  next: () => '/admin/routing?done=deleted',
})
