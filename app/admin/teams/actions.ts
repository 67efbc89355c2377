'use server'

import { formAction } from '#app/_doors/form.ts'
import { saveTeam, setTeamActive } from '../commands/teams.ts'
import { teamActiveInput, teamInput } from '../input.ts'

const may = 'routing.keep'

export const saveTeamAction = formAction(teamInput, saveTeam, {
  may,
  next: (_, { id }) => (id ? { key: 'directory.done.saved' } : '/admin/teams?done=made'),
})
export const setTeamActiveAction = formAction(teamActiveInput, setTeamActive, {
  may,
  next: ({ active }) => ({ key: active ? 'accounts.done.team_back' : 'accounts.done.team_out' }),
})
