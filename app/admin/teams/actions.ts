'use server'

import { formAction } from '#app/_doors/form.ts'
import { saveTeam, setTeamActive } from '../commands/teams.ts'
import { teamActiveInput, teamInput } from '../input.ts'

const roles = ['admin'] as const

export const saveTeamAction = formAction(teamInput, saveTeam, {
  roles,
  next: (_, { id }) => (id ? { key: 'directory.done.saved' } : '/admin/teams?done=made'),
})
export const setTeamActiveAction = formAction(teamActiveInput, setTeamActive, {
  roles,
  next: ({ active }) => ({ key: active ? 'accounts.done.team_back' : 'accounts.done.team_out' }),
})
