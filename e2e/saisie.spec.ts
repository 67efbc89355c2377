import { champ, ouvrir } from './dossier.ts'
import { expect, report, test } from './fixtures.ts'
import { retenue, scriptsEnRetard } from './retenue.ts'

test('Écrit avant que les scripts ne soient là : ni un ancien brouillon ni leur arrivée ne l’efface', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const numero = await report(samu)
  await ouvrir(agent, numero, 'record_tests')
  await expect(agent.locator('[data-live=live]')).toBeVisible()
  await champ(agent, 'Remarque').fill('ancienne saisie')
  await agent.locator('#act').getByLabel('Opérateur').first().fill('ancien opérateur')
  await agent.goto('/cell')

  const { viennent } = await scriptsEnRetard(agent)
  await agent.goto(`/cases/${numero}?do=record_tests`, { waitUntil: 'commit' })
  const act = agent.locator('#act')
  await champ(agent, 'Remarque').fill('nouvelle saisie')
  await act.getByLabel('Réussis').first().fill('1')
  await act.getByLabel('Technologie').first().selectOption('volte')
  viennent()
  await expect(act.getByText('Votre saisie non envoyée a été rétablie.')).toBeVisible()
  await expect(champ(agent, 'Remarque')).toHaveValue('nouvelle saisie')
  await expect(act.getByLabel('Réussis').first()).toHaveValue('1')
  await expect(act.getByLabel('Technologie').first()).toHaveValue('volte')
  await expect(act.getByLabel('Opérateur').first()).toHaveValue('ancien opérateur')
})

test('Deux lignes d’essais, une autre action, retour : les deux lignes sont là, et la suite de la saisie aussi', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const numero = await report(samu)
  await ouvrir(agent, numero, 'record_tests')
  const act = agent.locator('#act')
  const ligne = (n: number) => act.getByRole('group', { name: `Essai ${n}` })
  await ligne(1).getByLabel('Réussis').fill('1')
  await ligne(1).getByLabel('Faits').fill('3')
  await act.getByRole('button', { name: 'Ajouter une ligne' }).click()
  await ligne(2).getByLabel('Réussis').fill('4')
  await ligne(2).getByLabel('Faits').fill('5')
  await ligne(2).getByLabel('Technologie').selectOption('volte')
  await ouvrir(agent, numero, 'diagnose')
  await ouvrir(agent, numero, 'record_tests')
  await expect(act.getByText('Votre saisie non envoyée a été rétablie.')).toBeVisible()
  await expect(ligne(2).getByLabel('Faits')).toHaveValue('5')
  await expect(ligne(2).getByLabel('Technologie')).toHaveValue('volte')
  // The next key keeps what was given back; one more row does not bring back what was changed since.
  await ligne(1).getByLabel('Faits').fill('6')
  await act.getByRole('button', { name: 'Ajouter une ligne' }).click()
  await ligne(3).getByLabel('Faits').fill('2')
  await expect(ligne(1).getByLabel('Faits')).toHaveValue('6')
  await agent.goto('/cell')
  await ouvrir(agent, numero, 'record_tests')
  await expect(ligne(3).getByLabel('Faits')).toHaveValue('2')
  await expect(ligne(2).getByLabel('Réussis')).toHaveValue('4')
  await expect(ligne(1).getByLabel('Faits')).toHaveValue('6')
  await ligne(3).getByLabel('Réussis').fill('0')
  await act.getByRole('button', { name: 'Consigner des essais' }).click()
  await samu.goto(`/my/${numero}`)
  await expect(samu.getByRole('table').getByText('4 sur 5')).toHaveCount(1)
})

test('Envoyé avant que les scripts ne soient là, et ils arrivent entre-temps : l’envoi a lieu une fois', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const numero = await report(samu)
  const { viennent } = await scriptsEnRetard(agent)
  // The answer to what is sent waits until the page has come alive behind it.
  let repondre = () => {}
  const reponse = new Promise<void>((resolve) => {
    repondre = resolve
  })
  await agent.route(`**/cases/${numero}?do=record_tests`, async (route) => {
    if (route.request().method() === 'POST') await reponse
    await route.continue()
  })
  await agent.goto(`/cases/${numero}?do=record_tests`, { waitUntil: 'commit' })
  const act = agent.locator('#act')
  await act.getByLabel('Réussis').first().fill('1')
  await act.getByLabel('Faits').first().fill('3')
  await act.getByRole('button', { name: 'Consigner des essais' }).click({ noWaitAfter: true })
  // A page come alive opens its live line.
  const vivante = agent.waitForRequest('**/api/live')
  viennent()
  await vivante
  repondre()
  await samu.goto(`/my/${numero}`)
  await expect(samu.getByRole('table').getByText('1 sur 3')).toHaveCount(1)
})

test('Sur une ligne lente, ce qui fut trouvé pour un texte d’avant n’est pas choisi pour celui qu’on a tapé depuis', async ({
  as,
}) => {
  const samu = await as('reporter')
  await samu.goto('/cases/new')
  const communes = samu.getByRole('combobox', { name: 'Communes touchées' })
  const choix = samu.getByRole('listbox', { name: 'Communes touchées' }).getByRole('option')
  const marque = samu.locator('[role=option][aria-selected=true]')
  await communes.fill('roubaix')
  await expect(choix).toHaveText([/^Roubaix/])

  const bailleul = await retenue(samu, /\/api\/communes\?.*q=bailleul$/)
  await communes.fill('bailleul')
  await communes.press('Enter')
  await expect(communes).toHaveValue('bailleul')
  await expect(samu.locator('input[name="communeCodes[]"]')).toHaveCount(0)
  bailleul.viennent()
  await expect(choix.first()).toHaveText(/^Bailleul \(59\)/)

  // What was marked is gone from the list that has come: nothing else stands in for it.
  const suite = await retenue(samu, /\/api\/communes\?.*q=bailleul-s$/)
  await communes.fill('bailleul-s')
  await communes.press('ArrowDown')
  await expect(marque).toHaveText(/^Bailleul \(59\)/)
  suite.viennent()
  await expect(choix.first()).toHaveText(/^Bailleul-/)
  await expect(marque).toHaveCount(0)
  await communes.press('ArrowDown')
  await communes.press('Enter')
  await expect(samu.getByRole('button', { name: /Bailleul-/ })).toBeVisible()
})

test('Ce qui est écrit pendant que l’envoi est en route reste, et part à l’envoi suivant', async ({ as }) => {
  const samu = await as('reporter')
  const numero = await report(samu)
  await samu.goto(`/my/${numero}`)
  const repondre = samu.locator('#answer')
  await repondre.getByText('Répondre à la cellule').click()
  const message = repondre.getByLabel('Votre message')
  await message.fill('Le CHU voit la même chose')
  const envoi = await retenue(samu, `**/my/${numero}`)
  await repondre.getByRole('button', { name: 'Envoyer' }).click()
  await envoi.demandees
  await message.fill('La clinique aussi')
  envoi.viennent()
  await expect(samu.getByText('Votre réponse est transmise à la cellule.')).toBeVisible()
  await expect(samu.getByRole('article').getByText('Le CHU voit la même chose')).toBeVisible()
  await expect(message).toHaveValue('La clinique aussi')
  await repondre.getByRole('button', { name: 'Envoyer' }).click()
  await expect(samu.getByRole('article').getByText('La clinique aussi')).toBeVisible()
  await expect(message).toHaveValue('')
})

test('Un compte de messages non lus qui arrive en retard ne remplace pas celui d’après', async ({ as }) => {
  const agent = await as('agent')
  const { promise, resolve } = Promise.withResolvers<void>()
  let asked = 0
  await agent.route('**/inbox/unread', async (route) => {
    asked += 1
    const late = asked === 1
    if (late) await promise
    await route.fulfill({ json: { unread: late ? 71 : 42 } })
  })
  const first = agent.waitForRequest('**/inbox/unread')
  await agent.goto('/cell')
  const answer = (await first).response()
  await agent.evaluate(() => {
    const detail = { cases: [], events: ['inbox'] }
    window.dispatchEvent(new CustomEvent('permanence:hint', { detail }))
  })
  const messages = agent.getByRole('link', { name: /Messages/ })
  await expect(messages).toContainText('42')
  resolve()
  await (await answer)?.finished()
  // Its reader has had its turn.
  await agent.evaluate(() => new Promise((turn) => setTimeout(turn)))
  await expect(messages).toContainText('42')
})
