import { champ, envoyer, etat, ouvrir, prendreEnCompte } from './dossier.ts'
import { expect, LEVEL_2_AT_ANY_HOUR, onlyWord, report, test } from './fixtures.ts'

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
