import type { Page } from '@playwright/test'
import { champ, envoyer, etat, ouvrir, prendreEnCompte } from './dossier.ts'
import { expect, LEVEL_2_AT_ANY_HOUR, onlyWord, report, test } from './fixtures.ts'
import { retenue, scriptsEnRetard } from './retenue.ts'

/** Deaf to the live line: what a colleague does is learnt only from the answer of the door. */
async function sourde(page: Page) {
  await page.route('**/api/live', (route) => route.abort())
  return page
}

test('Un message au déclarant et une note interne ne se confondent pas, la note ne sort pas de la cellule', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const [secret, nouvelle] = [onlyWord(), `public${onlyWord()}`]
  const numero = await report(samu)
  await prendreEnCompte(agent, numero)
  await agent.locator('#note-text').fill(`Routeur suspect ${secret}`)
  await agent.getByRole('button', { name: 'Note interne' }).click()
  const note = agent.locator('li[data-kind=internal]', { hasText: secret })
  await expect(note.getByText('Interne à la cellule')).toBeVisible()
  await ouvrir(agent, numero, 'update')
  await champ(agent, 'Message au déclarant').fill(`Essais en cours ${nouvelle}`)
  await envoyer(agent, 'Informer le déclarant')
  const message = agent.locator('li[data-kind=public]', { hasText: nouvelle })
  await expect(message.getByText('Lu par le déclarant')).toBeVisible()

  await samu.goto(`/my/${numero}`)
  await expect(samu.getByRole('article').getByText(nouvelle)).toBeVisible()
  expect(await samu.content()).not.toContain(secret)
})

test('Chaque refus dit pourquoi ; clore demande une confirmation ou trois tentatives, rouvrir garde le numéro', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const numero = await report(samu, { symptom: LEVEL_2_AT_ANY_HOUR })
  await agent.goto(`/cases/${numero}`)
  await agent.getByText('actions impossibles pour l’instant').click()
  await expect(agent.getByRole('listitem').filter({ hasText: 'Informer le déclarant' })).toContainText(
    'Prenez d’abord le dossier en compte.',
  )
  await envoyer(agent, 'Prendre en compte')
  await expect(etat(agent)).toContainText('Pris en compte')
  await ouvrir(agent, numero, 'restore')
  await champ(agent, 'Message au déclarant').fill('Carte remplacée, tout devrait passer')
  await envoyer(agent, 'Rétabli (opérateur)')
  await expect(etat(agent)).toContainText('Rétabli (opérateur)')

  const clore = await ouvrir(agent, numero, 'close')
  await expect(clore).toContainText('3 tentatives consignées pour le joindre (0 à ce jour)')
  await agent.getByLabel('Cause', { exact: true }).selectOption({ index: 1 })
  await champ(agent, 'Message au déclarant').fill('Nous fermons')
  await envoyer(agent, 'Clore')
  await expect(clore.getByRole('alert').first()).toContainText('Le déclarant n’a pas confirmé')
  await expect(champ(agent, 'Message au déclarant')).toHaveValue('Nous fermons')
  await expect(etat(agent)).toContainText('Rétabli (opérateur)')

  for (const fois of [1, 2, 3]) {
    await ouvrir(agent, numero, 'log_attempt')
    await champ(agent, 'Tentative').fill(`Appel ${fois}, sans réponse`)
    await envoyer(agent, 'Consigner une tentative')
    await expect(agent.getByText(`Tentative n° ${fois} pour joindre le déclarant`)).toBeVisible()
  }
  await ouvrir(agent, numero, 'close')
  await agent.getByLabel('Cause', { exact: true }).selectOption({ index: 1 })
  await envoyer(agent, 'Clore')
  await expect(etat(agent)).toContainText('Clos')
  await expect(agent.getByText('Clos sans confirmation, déclarant injoignable').first()).toBeVisible()

  await ouvrir(agent, numero, 'reopen')
  await champ(agent, 'Motif').fill('Le centre rappelle : toujours un appel sur trois')
  await envoyer(agent, 'Rouvrir')
  await expect(etat(agent)).toContainText('Levée de doute')
  await expect(etat(agent)).toContainText(numero)
})

test('Deux agents écrivent à la fois : le second apprend ce qui a changé, rien de ce qu’il a écrit ne se perd', async ({
  as,
}) => {
  const [samu, agent, salle] = [await as('reporter'), await as('agent'), await as('lead')]
  const numero = await report(samu)
  await prendreEnCompte(agent, numero)
  await ouvrir(agent, numero, 'update')
  await champ(agent, 'Message au déclarant').pressSequentially('Le second texte')
  await ouvrir(salle, numero, 'update')
  await champ(salle, 'Message au déclarant').fill('Le premier texte')
  await envoyer(salle, 'Informer le déclarant')
  await expect(salle.locator('li[data-kind=public]', { hasText: 'Le premier texte' })).toBeVisible()

  // told while writing, by the live line
  const avis = agent.locator('#act').getByText('Modifié pendant que vous écriviez').locator('..')
  await expect(avis).toContainText('Le premier texte')
  await expect(champ(agent, 'Message au déclarant')).toHaveValue('Le second texte')
  await envoyer(agent, 'Lu, envoyer par-dessus')
  await expect(agent.locator('li[data-kind=public]', { hasText: 'Le second texte' })).toBeVisible()
  await expect(agent.locator('li[data-kind=public]', { hasText: 'Le premier texte' })).toBeVisible()
})

test('Sans le direct, l’envoi en retard est refusé une fois, montre le texte du collègue, garde le sien', async ({
  as,
}) => {
  const [samu, agent, salle] = [await as('reporter'), await sourde(await as('agent')), await as('lead')]
  const numero = await report(samu)
  await prendreEnCompte(salle, numero)
  await ouvrir(agent, numero, 'diagnose')
  await champ(agent, 'Diagnostic').fill('Table de routage du 15')
  await ouvrir(salle, numero, 'diagnose')
  await champ(salle, 'Diagnostic').fill('Carte en défaut au central')
  await envoyer(salle, 'Poser un diagnostic')
  await expect(etat(salle)).toContainText('Diagnostiqué')
  await envoyer(agent, 'Poser un diagnostic')
  await expect(agent.locator('#act')).toContainText('Un collègue vient de modifier ce dossier')
  await expect(agent.locator('#act')).toContainText('Carte en défaut au central')
  await expect(champ(agent, 'Diagnostic')).toHaveValue('Table de routage du 15')
  await expect(agent.locator('li[data-kind]', { hasText: 'Table de routage' })).toHaveCount(0)
})

test('Deux personnes pressent à la fois : l’une prend en compte, l’autre est prévenue ; une seule s’en charge', async ({
  as,
}) => {
  const [samu, agent, salle] = [await as('reporter'), await as('agent'), await as('lead')]
  const numero = await report(samu)
  const pages = [await sourde(agent), await sourde(salle)]
  // Without scripts the page drawn after a post has neither form any more: the answer stands above it.
  const plain = await as('director', { javaScriptEnabled: false })
  const claiming = await plain.context().newPage()
  for (const page of [...pages, plain, claiming]) await page.goto(`/cases/${numero}`)
  await Promise.all(pages.map((page) => envoyer(page, 'Prendre en compte')))
  for (const page of pages) await expect(etat(page)).toContainText('Pris en compte')
  await expect
    .poll(async () => {
      const textes = await Promise.all(pages.map((page) => page.locator('main').textContent()))
      return textes.filter((texte) => texte?.includes('Un collègue vient de modifier ce dossier')).length
    })
    .toBe(1)
  await agent.reload()
  await expect(agent.locator('li[data-kind]', { hasText: 'Prise en compte' })).toHaveCount(1)

  for (const page of pages) {
    // A page come alive opens its live line.
    const vivante = page.waitForRequest('**/api/live')
    await page.goto(`/cases/${numero}`)
    await vivante
  }
  await Promise.all(pages.map((page) => page.getByRole('button', { name: 'M’en charger' }).click()))
  await expect
    .poll(async () => {
      const textes = await Promise.all(pages.map((page) => page.locator('main').textContent()))
      return [
        textes.filter((texte) => texte?.includes('Vous travaillez dessus')).length,
        textes.filter((texte) => texte?.includes('Un collègue travaille déjà sur ce dossier')).length,
      ]
    })
    .toEqual([1, 1])

  await claiming.getByRole('button', { name: 'M’en charger' }).click()
  await expect(claiming.getByText('Un collègue travaille déjà sur ce dossier')).toBeVisible()
  await envoyer(plain, 'Prendre en compte')
  await expect(plain.getByText('Un collègue vient de modifier ce dossier')).toBeVisible()
  await expect(etat(plain)).toContainText('Pris en compte')
})

test('En direct aussi, qui presse « M’en charger » en second le lit, que la page ait été relue avant sa réponse ou après', async ({
  as,
}) => {
  const [samu, agent, salle] = [await as('reporter'), await as('agent'), await as('lead')]
  const refus = salle.locator('main').getByText('Un collègue travaille déjà sur ce dossier')
  const charger = (page: Page) => page.getByRole('button', { name: 'M’en charger' })
  // Read again: the page says who holds the case, and has no such button any more.
  const relue = () => expect(salle.locator('main').getByText(/travaille dessus jusqu’à/)).toBeVisible()
  const ouvert = async (page: Page, numero: string) => {
    await page.goto(`/cases/${numero}`)
    await expect(page.locator('main [data-live=live]')).toBeVisible()
  }

  // The answer comes first, the colleague's news after it.
  const premier = await report(samu)
  await ouvert(agent, premier)
  const nouvelles = await retenue(salle, '**/api/live')
  await salle.goto(`/cases/${premier}`)
  await nouvelles.demandees
  await charger(agent).click()
  await expect(agent.getByText('Vous travaillez dessus')).toBeVisible()
  await charger(salle).click()
  await expect(refus).toBeVisible()
  nouvelles.viennent()
  await relue()
  await expect(refus).toBeVisible()

  // The news waits behind an answer that is slow to come.
  const second = await report(samu)
  for (const page of [agent, salle]) await ouvert(page, second)
  const reponse = await retenue(salle, `**/cases/${second}`)
  await charger(salle).click()
  await reponse.demandees
  await charger(agent).click()
  await expect(agent.getByText('Vous travaillez dessus')).toBeVisible()
  reponse.viennent()
  await relue()
  await expect(refus).toBeVisible()

  // Once one goes on by oneself, it is over.
  await salle.getByRole('button', { name: /^Reprendre à / }).click()
  await expect(salle.getByText('Vous travaillez dessus')).toBeVisible()
  await expect(refus).toHaveCount(0)
})

test('Monter le niveau est libre ; le baisser demande un motif, jamais sous N2 avant confirmation', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const numero = await report(samu)
  const niveau = async (n: number, motif = '') => {
    await ouvrir(agent, numero, 'set_level')
    await agent.getByRole('radio', { name: new RegExp(`^N${n}`) }).check()
    await champ(agent, 'Motif').fill(motif)
    await envoyer(agent, 'Changer le niveau')
  }
  await niveau(3)
  await expect(etat(agent)).toContainText('N3')
  await niveau(2)
  await expect(agent.locator('#act')).toContainText('Baisser le niveau demande un motif.')
  await expect(etat(agent)).toContainText('N3')
  await champ(agent, 'Motif').fill('Un seul centre touché, vérifié par essais')
  await envoyer(agent, 'Changer le niveau')
  await expect(etat(agent)).toContainText('N2')
  await niveau(1, 'Tout passe depuis dix minutes')
  await expect(agent.locator('#act')).toContainText('Jamais sous N2 avant que le déclarant confirme.')
  await expect(champ(agent, 'Motif')).toHaveValue('Tout passe depuis dix minutes')
  await expect(etat(agent)).toContainText('N2')
})

test('Rattacher un doublon à son dossier, le détacher ; attendre le déclarant, qui répond', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const [principal, doublon] = [await report(samu), await report(samu)]
  await prendreEnCompte(agent, doublon)
  const rattacher = await ouvrir(agent, doublon, 'attach_duplicate')
  await agent
    .getByLabel('Numéro du dossier principal')
    .fill(`${principal.slice(0, -1)}${(Number(principal.at(-1)) + 1) % 10}`)
  await champ(agent, 'Motif').fill('Même centre, même heure')
  await envoyer(agent, 'Rattacher comme doublon')
  await expect(rattacher).toContainText('Ce n’est pas un numéro de dossier valide')
  await champ(agent, 'Numéro du dossier principal').fill(principal)
  await envoyer(agent, 'Rattacher comme doublon')
  await expect(etat(agent)).toContainText('Doublon')
  await agent.getByRole('link', { name: principal }).first().click()
  await expect(agent.getByText('Doublons rattachés')).toBeVisible()
  await ouvrir(agent, doublon, 'detach_duplicate')
  await champ(agent, 'Motif').fill('Autre panne finalement')
  await envoyer(agent, 'Détacher le doublon')
  await expect(etat(agent)).toContainText('Pris en compte')

  await ouvrir(agent, doublon, 'wait_reporter')
  await champ(agent, 'Message au déclarant').fill('Depuis quel opérateur appelez-vous ?')
  await envoyer(agent, 'Attendre le déclarant')
  await expect(etat(agent)).toContainText('Attend le déclarant')
  await samu.goto(`/my/${doublon}`)
  await expect(samu.getByText('Votre réponse est attendue')).toBeVisible()
  // what is expected of him stands open
  await samu.locator('#answer').getByLabel('Votre message').fill('Depuis un mobile de la salle')
  await samu.locator('#answer').getByRole('button', { name: 'Envoyer' }).click()
  await expect(etat(agent)).toContainText('Levée de doute')
  await expect(agent.getByText('Depuis un mobile de la salle')).toBeVisible()
})

test('Hors périmètre : refusé pour un numéro vital authentifié, motivé et lu par le déclarant sinon', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const vital = await report(samu)
  await expect(await ouvrir(agent, vital, 'out_of_scope')).toContainText('elle ne s’écarte pas')
  const autre = await report(samu, { number: '116117' })
  await ouvrir(agent, autre, 'out_of_scope')
  await champ(agent, 'Motif').fill('Ligne commerciale, voyez votre contrat')
  await envoyer(agent, 'Hors périmètre')
  await expect(etat(agent)).toContainText('Hors périmètre')
  await samu.goto(`/my/${autre}`)
  await expect(samu.getByText('Ligne commerciale, voyez votre contrat').first()).toBeVisible()
})

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
