import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openOwnService } from '#scripts/testing/own-service.ts'
import { expect, flawless, test } from './fixtures.ts'
import { deplier } from './immobile.ts'
import { OUT_OF_EVERY_WINDOW_MS, reportByMachine } from './signaler.ts'

test.use({ locale: 'fr-FR' })

// A service of its own: a crisis here must not stand on the pages of other journeys.
test('Trois centres signalent, on refuse, on rouvre, on déclenche ; l’incident se rétablit, ses résiduels lui survivent', async ({
  as,
}) => {
  test.setTimeout(240_000)
  const montre = join(tmpdir(), `permanence-clock-incident-${process.pid}`)
  writeFileSync(montre, String(OUT_OF_EVERY_WINDOW_MS))
  const service = await openOwnService(() => {}, { PERMANENCE_CLOCK_FILE: montre })
  try {
    const baseURL = service.base
    const agent = await as('agent', { baseURL })
    await agent.goto('/cases')
    await agent.evaluate(() => document.documentElement.setAttribute('data-same-page', 'yes'))
    const chef = await as('lead', { baseURL })
    await chef.goto('/cases')
    const [premier, deuxieme, quatrieme] = await service.far('59')

    await reportByMachine(service.base, premier)
    await reportByMachine(service.base, deuxieme)
    const samu = await as('reporter', { baseURL })
    await samu.goto('/cases/new')
    await samu.getByRole('checkbox', { name: '15 SAMU' }).check()
    await samu.locator('input[name=symptom][value=NO_RING]').check()
    await samu.getByRole('button', { name: 'Envoyer le signalement' }).click()
    await expect(samu.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
    const dossier = new URL(samu.url()).pathname.split('/').at(-1) ?? ''

    // Live, on a page that was open before anybody reported.
    const demande = agent.locator('[data-proposal=crisis]')
    await expect(demande).toContainText('Inhabituel')
    await deplier(agent)
    await expect(demande.getByRole('link', { name: dossier })).toBeVisible()
    await expect(demande).toContainText('Un chef de salle ou le directeur d’astreinte décide.')
    await expect(agent.locator('[data-clock=crisis]')).toContainText(/encore\s(2\d|30)\smin/)
    await expect(agent.locator('html')).toHaveAttribute('data-same-page', 'yes')

    // The director's line is cut: he does not see that the lead has answered, presses, and is told.
    const directeur = await as('director', { baseURL })
    await directeur.route('**/api/live*', (route) => route.abort())
    await directeur.goto('/cases')
    const siens = directeur.locator('[data-proposal=crisis]')
    await deplier(directeur)
    await expect(siens.getByRole('button', { name: 'Accepter : activer la cellule de crise' })).toBeVisible()
    const duChef = chef.locator('[data-proposal=crisis]')
    await deplier(chef)
    await duChef.getByText('Refuser…').click()
    await duChef.getByRole('button', { name: 'Refuser, avec ce motif' }).click()
    await expect(duChef).toContainText('Dites pourquoi vous refusez.')
    await duChef.getByLabel('Motif du refus').fill('Travaux annoncés, à vérifier')
    await duChef.getByRole('button', { name: 'Refuser, avec ce motif' }).click()
    await expect(duChef).toContainText('Refusée :')
    await siens.getByRole('button', { name: 'Accepter : activer la cellule de crise' }).click()
    await expect(siens).toContainText('Déjà refusée par Dominique Modèle. Votre réponse n’a rien changé.')
    await expect(demande).toContainText('Travaux annoncés, à vérifier')

    await reportByMachine(service.base, quatrieme)
    const accepter = duChef.getByRole('button', { name: 'Accepter : activer la cellule de crise' })
    await accepter.click()
    const banniere = agent.locator('[data-crisis=active]')
    await expect(banniere).toContainText('CELLULE DE CRISE ACTIVE')
    await expect(banniere).toContainText('Déclenchée par Dominique Modèle.')
    await expect(agent.locator('html')).toHaveAttribute('data-same-page', 'yes')

    // Acknowledged, then told with all the others: of them he reads nothing.
    await agent.goto(`/cases/${dossier}`)
    await agent.getByRole('button', { name: 'Prendre en compte' }).click()
    await expect(agent.getByText('Pris en compte', { exact: true }).first()).toBeVisible()
    const incident = agent.locator('[data-crisis=active]').getByRole('link', { name: /^INC-/ })
    const reference = (await incident.textContent()) ?? ''
    await incident.click()
    await expect(agent.getByRole('heading', { level: 1 })).toContainText(reference)
    await expect(agent.getByRole('table', { name: 'Dossiers rattachés' })).toContainText(dossier)
    await agent.getByLabel('Message aux déclarants').fill('Nous cherchons la cause, vos essais nous aident.')
    await agent.getByRole('button', { name: 'Envoyer à tous' }).click()
    await expect(agent.getByText(/^1 déclarant prévenu/)).toBeVisible()
    await samu.goto(`/my/${dossier}`)
    await expect(samu.getByRole('main')).toContainText('Nous cherchons la cause, vos essais nous aident.')
    await expect(samu.locator('body')).not.toContainText(/INC-|CELLULE DE CRISE/)
    await expect(samu.locator('body')).not.toContainText(premier.organisation)
    expect((await samu.goto(`/incidents/${reference}`))?.status()).not.toBe(200)

    await chef.goto(`/incidents/${reference}`)
    const etat = chef.locator('details', { has: chef.getByText('Changer l’état') }).first()
    const tete = chef.locator('main header')
    const passer = async (choix: RegExp, dit: string) => {
      if (!(await etat.evaluate((fold) => (fold as HTMLDetailsElement).open)))
        await etat.locator('summary').click()
      await etat.getByRole('radio', { name: choix }).check()
      await etat.getByLabel('Ce qui est constaté').fill(dit)
      await etat.getByRole('button', { name: 'Changer l’état' }).click()
    }
    await passer(/^Confirmé/, 'Nos essais échouent aussi.')
    await expect(tete.getByText('Confirmé', { exact: true }).first()).toBeVisible()
    await passer(/^Rétabli/, 'Une carte d’acheminement est remplacée.')
    await expect(tete.getByText('Résiduel', { exact: true })).toBeVisible()
    const reprises = chef.locator('details', { hasText: 'Reprendre les dossiers résiduels' })
    await expect(reprises).toContainText('repris par personne')
    await flawless(chef)

    // What remains has its page and its clock; its reporter is asked; the incident waits for somebody's name.
    await agent.goto('/cases?residual')
    await expect(agent.getByRole('main')).toContainText(dossier)
    await expect(agent.getByRole('main')).toContainText(reference)
    await samu.goto(`/my/${dossier}`)
    await expect(samu.getByRole('main')).toContainText('Confirmer le rétablissement')
    await expect(etat.getByRole('radio', { name: /^Clos/ })).toHaveCount(0)
    await reprises.getByRole('button', { name: 'Je les reprends' }).click()
    await expect(reprises).toContainText('repris par Dominique Modèle')
    await passer(/^Clos/, 'Cause trouvée ; ce qui reste est suivi par dossier.')
    await expect(tete.getByText('Clos', { exact: true }).first()).toBeVisible()
    await agent.goto(`/cases/${dossier}`)
    await expect(agent.getByText('Rétabli (opérateur)').first()).toBeVisible()
    await agent.goto('/cases?residual')
    await expect(agent.getByRole('main')).toContainText(dossier)

    const desk = await as('agent', { baseURL, locale: 'en-GB', viewport: { width: 360, height: 740 } })
    await desk.goto(`/incidents/${reference}`)
    // On a telephone what is read second is folded.
    await desk.locator('summary', { hasText: 'Cases attached' }).click()
    await expect(desk.getByRole('table', { name: 'Attached cases' })).toBeVisible()
    await flawless(desk)
    await desk.goto('/incidents')
    await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Incidents')
    await flawless(desk)
  } finally {
    await service.close()
    rmSync(montre, { force: true })
  }
})
