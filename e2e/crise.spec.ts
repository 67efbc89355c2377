import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerCode } from '#app/notifications/seal.ts'
import { openOwnService } from '#scripts/testing/own-service.ts'
import { expect, flawless, test } from './fixtures.ts'
import { OUT_OF_EVERY_WINDOW_MS, reportByMachine } from './signaler.ts'

test.use({ locale: 'fr-FR' })

const MINUTE = 60_000

// A service of its own, on a clock of its own: nobody else's evening is moved.
test('On appelle, quelqu’un répond, personne ne décide : la cellule se déclenche d’elle-même cinq minutes avant la fin', async ({
  as,
  browser,
}) => {
  test.setTimeout(240_000)
  const montre = join(tmpdir(), `permanence-clock-${process.pid}`)
  const avancer = (minutes: number) =>
    writeFileSync(montre, String(OUT_OF_EVERY_WINDOW_MS + minutes * MINUTE))
  avancer(0)
  const service = await openOwnService(() => {}, { PERMANENCE_CLOCK_FILE: montre })
  try {
    const baseURL = service.base
    const agent = await as('agent', { baseURL })
    await agent.goto('/cell')
    await agent.evaluate(() => document.documentElement.setAttribute('data-same-page', 'yes'))
    const [premier, ...autres] = await service.far('59')
    await reportByMachine(service.base, premier)
    // One report, no proposal: the clock is there all the same, quietly.
    await expect(agent.locator('[data-clock=quiet]')).toContainText(/encore\s(2\d|30)\smin/)
    await expect(agent.locator('[data-proposal=crisis]')).toHaveCount(0)

    for (const autre of autres) await reportByMachine(service.base, autre)
    const horloge = agent.locator('[data-clock=crisis]')
    await expect(horloge).toContainText('Horloge de crise')
    await expect(horloge).toContainText(/encore\s(2\d|30)\smin/)
    await expect(horloge).toContainText('Sans réponse, la cellule se déclenche seule à')
    await expect(horloge).toContainText('Appel en cours :')

    // The ladder: five minutes of silence call the next; whoever was called may still answer.
    const directeur = await as('director', { baseURL })
    await directeur.goto('/cases')
    const appel = directeur.locator('[data-call]')
    await expect(appel).toContainText('On vous appelle')
    avancer(5)
    const called = async () => (await service.owner`select distinct account_id from call_out`).length
    await expect.poll(called, { timeout: 15_000 }).toBe(2)
    await flawless(directeur)
    // The second has only the link of his message, on a telephone whose browser runs no scripts.
    const [second] = await service.owner`select id from outbox where kind = 'crisis_called' and account_id = (
      select account_id from call_out order by id desc limit 1) order by id limit 1`
    const telephone = await browser.newContext({ baseURL, locale: 'fr-FR', javaScriptEnabled: false })
    const lien = await telephone.newPage()
    await lien.goto(`/a/${answerCode(Number(second?.id))}`)
    await lien.getByRole('button', { name: 'Je ne peux pas' }).click()
    await expect(lien.getByText('Noté. La personne suivante est appelée.')).toBeVisible()
    await telephone.close()
    await appel.getByRole('button', { name: 'Je réponds' }).click()
    await expect(appel).toHaveCount(0)
    await expect(horloge).toContainText('A répondu à l’appel :')
    await expect(agent.locator('[data-crisis=active]')).toHaveCount(0)

    // Answered is not decided.
    avancer(26)
    const banniere = agent.locator('[data-crisis=active]')
    await expect(banniere).toContainText('CELLULE DE CRISE ACTIVE')
    await expect(banniere).toContainText('Déclenchée d’elle-même : personne n’a répondu à temps.')
    await expect(agent.locator('html')).toHaveAttribute('data-same-page', 'yes')
    await expect(agent.locator('[data-cell-state=crisis]')).toBeVisible()
    // Nobody is asked any more, and the question is not left open.
    const open = await service.owner`select 1 from proposal where level = 'crisis' and state = 'open'`
    expect(open).toHaveLength(0)

    await banniere.getByRole('link', { name: /^INC-/ }).click()
    const etapes = agent.getByRole('table', { name: 'Horloge de crise : chaque étape' })
    await expect(etapes).toContainText('Cellule active d’elle-même, faute de réponse')
    await expect(etapes).toContainText('Réponse de ')
    await flawless(agent)
    const desk = await as('lead', { baseURL, locale: 'en-GB', viewport: { width: 360, height: 740 } })
    await desk.goto('/cell')
    await expect(desk.locator('[data-crisis=active]')).toBeVisible()
    await flawless(desk)
  } finally {
    await service.close()
    rmSync(montre, { force: true })
  }
})
