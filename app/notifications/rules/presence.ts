/** Someone who may be told: on duty now or not, and what he has chosen not to hear. */
export type Person = { accountId: number; quiet: readonly string[] }
export type OnDuty = Person & { role: string; teams: readonly number[] }

/**
 * Who hears what is meant for the holder of a case. He does, if his account is in use; and when he is not on duty, those who
 * are: agents of the case's team first, then the other agents, then whoever leads. `null`: nobody is on duty, tell everybody.
 */
export function whoHears(
  holder: Person | null,
  teamId: number | null,
  duty: readonly OnDuty[],
): readonly Person[] | null {
  if (holder && duty.some((one) => one.accountId === holder.accountId)) return [holder]
  const present = ofTeam(teamId, duty)
  // A roster that nobody keeps says nothing about who is there: then what he holds is his.
  if (present.length === 0) return holder ? [holder] : null
  return holder ? [holder, ...present] : present
}

/** Those on duty who work the line, of this team if any is there. */
export function ofTeam(teamId: number | null, duty: readonly OnDuty[]): readonly OnDuty[] {
  const agents = duty.filter((one) => one.role === 'agent')
  const own = agents.filter((one) => teamId !== null && one.teams.includes(teamId))
  if (own.length > 0) return own
  return agents.length > 0 ? agents : duty.filter((one) => one.role === 'lead')
}
