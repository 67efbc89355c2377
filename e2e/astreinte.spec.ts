import type { Page } from '@playwright/test'
import { hourText, toLocalInput } from '#app/_i18n/time.ts'
import { openOwnService } from '#scripts/testing/own-service.ts'
import { expect, flawless, report, test } from './fixtures.ts'

const HOUR = 3_600_000

test('Le dossier va à qui est là ; qui part remet ses dossiers et ses tours ; un agent échange une partie du sien', async ({
  as,
}) => {
  test.setTimeout(420_000)
  const service = await openOwnService(() => {})
  try {
    const { base: baseURL, owner } = service
    const now = new Date()
    const agents = await owner<{ id: number; name: string; on: boolean }[]>`
      select a.id::int as id, a.name, exists (select from roster_shift s
        where s.account_id = a.id and s.from_at <= ${now} and s.to_at > ${now}) as on
      from account a where a.role = 'agent' and a.active order by a.id`
    const [camille, present] = [agents.find(({ on }) => !on), agents.find(({ on }) => on)]
    if (!camille || !present) throw new Error('nobody is on duty, or everybody')
    // The rule names first one who sleeps.
    await owner`update routing_rule set assignee_order = ${[camille.id, present.id]}`
    const [samu, chef] = [await as('reporter', { baseURL }), await as('lead', { baseURL })]
    const numero = await report(samu)
    await chef.goto(`/cases/${numero}`)
    await expect(affecte(chef)).toContainText(`Affecté à ${present.name}`)

    // Whoever goes: what he has in hand is shown first, and handed over.
    const admin = await as('admin', { baseURL })
    await admin.goto(`/admin/accounts/${present.id}`)
    await expect(admin.getByText(/dossiers? ouverts? en main/)).toBeVisible()
    await expect(admin.getByText(numero)).toBeVisible()
    await expect(admin.getByText(/tours? d’astreinte à venir/)).toBeVisible()
    await flawless(admin)
    await admin.getByLabel('Qui prend ce qu’il a en main').selectOption(String(camille.id))
    await admin.getByRole('button', { name: 'Mettre hors service' }).click()
    await expect(admin.getByRole('button', { name: 'Remettre en service' })).toBeVisible()
    await chef.reload()
    await expect(affecte(chef)).toContainText(`Affecté à ${camille.name}`)
    await chef.goto('/cell/roster')
    const tours = chef.getByRole('region', { name: 'Tours' })
    await expect(tours).toContainText(camille.name)
    await expect(tours).not.toContainText(present.name)

    // A part of one's own shift goes to somebody who can take it; what is before and after stays.
    const [shift] = await owner<{ from: Date }[]>`select from_at as from from roster_shift
      where account_id = ${camille.id} and from_at > ${new Date(now.getTime() + HOUR)} and cancelled_at is null order by from_at limit 1`
    if (!shift) throw new Error('no shift to come')
    const [debut, fin] = [2, 4].map((hours) => new Date(shift.from.getTime() + hours * HOUR))
    const agent = await as('agent', { baseURL })
    await agent.goto('/cell/roster')
    const carte = agent
      .locator('li:has(> h3)', { hasText: camille.name })
      .filter({ has: agent.getByRole('heading', { name: new RegExp(`${lue(shift.from)}\\s–\\s`) }) })
    const echange = carte.first().locator('details')
    await echange.locator('summary').click()
    // An hour outside the shift is refused, and its line leads to the field, whatever other forms stand there.
    await echange.getByLabel('Échanger avec').selectOption({ index: 1 })
    await echange.getByLabel(/^Jusqu’à/).fill(toLocalInput(new Date(shift.from.getTime() + 30 * HOUR)))
    await echange.getByRole('button', { name: 'Échanger' }).click()
    await echange.getByRole('link', { name: 'Cette heure est hors de ce qui reste du tour.' }).click()
    await expect(echange.getByLabel(/^Jusqu’à/)).toBeFocused()
    const avec = echange.getByLabel('Échanger avec')
    // Neither himself, nor who is on that shift already, nor who is gone.
    await expect(avec).not.toContainText(camille.name)
    await expect(avec).not.toContainText(present.name)
    await avec.selectOption({ index: 1 })
    const remplace = ((await avec.locator('option:checked').textContent()) ?? '').split(' ·')[0] ?? ''
    await echange.getByLabel(/^À partir de/).fill(toLocalInput(debut as Date))
    await echange.getByLabel(/^Jusqu’à/).fill(toLocalInput(fin as Date))
    await echange.getByRole('button', { name: 'Échanger' }).click()
    const partie = agent.getByRole('listitem').filter({
      has: agent.getByRole('heading', {
        name: new RegExp(`${lue(debut as Date)}\\s–.*${lue(fin as Date)}`),
      }),
    })
    await expect(partie).toContainText(remplace)
    await expect(partie).not.toContainText(camille.name)
    await flawless(agent)

    // What is told of one case is one line, the rest behind it.
    for (const mots of ['Le 18 aussi', 'Toujours rien']) {
      await samu.goto(`/my/${numero}?do=answer#answer`)
      await samu.locator('#answer').getByLabel('Votre message').fill(mots)
      await samu.locator('#answer').getByRole('button', { name: 'Envoyer' }).click()
      await expect(samu.getByRole('article').getByText(mots)).toBeVisible()
    }
    await agent.goto('/inbox')
    const lignes = agent.getByRole('list', { name: 'Messages' }).locator('> li', { hasText: numero })
    await expect(lignes).toHaveCount(1)
    await expect(lignes).toContainText('Le déclarant a répondu')
    await expect(lignes.locator('summary')).toContainText(/plus anciens?/)
    await agent.goto('/cases')
    await expect(agent.locator('tr[data-case]', { hasText: numero })).toContainText('a répondu')
  } finally {
    await service.close()
  }
})

/** An hour as a name is compared: whatever space stands in it. */
const lue = (at: Date) => hourText(at, 'fr').replaceAll(/\s/g, '\\s')
const affecte = (page: Page) => page.locator('main p', { hasText: 'Affecté à' }).first()
