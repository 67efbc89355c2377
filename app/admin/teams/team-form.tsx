import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { FormBoxes } from '#app/_doors/fields.tsx'
import { NameField } from '../name-field.tsx'
import { type Change, RecordForm } from '../organisations/record-form.tsx'
import { cellPeople } from '../queries.ts'
import { saveTeamAction } from './actions.ts'

type Team = { id: number; name: string; version: string; members: { id: number }[] }

/** The name of a team and who is in it: people of the cell. */
export async function TeamForm({
  actor,
  team,
  change = null,
}: {
  actor: AccountActor
  team: Team | null
  change?: Change
}) {
  const people = await cellPeople(actor)
  const t = await getTranslations('accounts')
  const words = await getTranslations('vocabulary')
  const members = team?.members.map(({ id }) => String(id)) ?? []
  const shown = people.filter((one) => one.active || members.includes(String(one.id)))
  return (
    <RecordForm
      action={saveTeamAction}
      name="team"
      record={team}
      change={change}
      written={[
        { name: 'name', label: t('team.name'), value: team?.name ?? '' },
        {
          name: 'members',
          label: t('team.members'),
          value: members.join(' '),
          words: Object.fromEntries(people.map((one) => [String(one.id), one.name])),
          list: true,
        },
      ]}
    >
      <NameField label={t('team.name')} hint={t('team.name_hint')} value={team?.name} />
      <FormBoxes
        name="members[]"
        label={t('team.members')}
        hint={t('team.members_hint')}
        options={shown.map((one) => ({
          value: String(one.id),
          label: one.name,
          hint: one.active ? words(`role.${one.role}`) : t('out'),
        }))}
        defaultValues={members}
      />
    </RecordForm>
  )
}
