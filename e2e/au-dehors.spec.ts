import { heure, validerConsigne } from './consigne.ts'
import { expect, flawless, test } from './fixtures.ts'

test.use({ locale: 'fr-FR' })

test('Un SMS en nombre : pilotes, aperçu, seconde personne, arrêt ; un numéro de repli essayé, ouvert, regardé', async ({
  as,
}) => {
  const salle = await as('lead')
  const pilotes = ['Mobile Témoin', 'Réseau Modèle'].flatMap((reseau, n) =>
    Array.from(
      { length: 10 },
      (_, at) => `06 39 98 8${n} ${String(at).padStart(2, '0')} ; ${reseau} ; Porteur ${at}`,
    ),
  )
  await salle.goto('/broadcasts/pilots')
  await salle.getByLabel('Téléphones pilotes').fill(pilotes.join('\n'))
  await salle.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(salle.getByText('20 téléphones pilotes enregistrés')).toBeVisible()

  const numero = await validerConsigne(as, salle, { failing: '119', todo: 'Composez le 112' })
  await salle.getByRole('button', { name: 'Mettre en vigueur' }).click()
  await expect(salle.getByText('En vigueur').first()).toBeVisible()

  await salle.goto('/broadcasts/new')
  await salle.getByLabel(numero).check()
  await salle
    .getByLabel('Liste importée')
    .fill('06 39 98 70 01\n+33639987001\n01 99 00 12 34\n+32 470 12 34 56\n06 39 98 70 02;Noa')
  await salle.getByLabel('Pourquoi ces destinataires').fill('Maires du Nord')
  await salle.getByRole('button', { name: 'Voir avant d’envoyer' }).click()
  await expect(salle.getByText('Une liste importée ne sert que si').first()).toBeVisible()
  await salle.getByLabel('Les personnes de cette liste ont accepté').check()
  await salle.getByRole('button', { name: 'Voir avant d’envoyer' }).click()
  await salle.waitForURL(/\/broadcasts\/\d+$/)
  await expect(salle.getByText('1 doublon')).toBeVisible()
  await expect(salle.getByText('1 ligne fixe')).toBeVisible()
  await expect(salle.getByText('Préparé par vous')).toBeVisible()
  await flawless(salle)

  const astreinte = await as('director')
  await astreinte.goto(new URL(salle.url()).pathname)
  await expect(astreinte.getByRole('button', { name: /^Lancer vers 22 destinataires/ })).toBeVisible()
  await flawless(astreinte)
  await salle.getByRole('button', { name: 'Arrêter' }).click()
  await expect(salle.getByText('Envoi arrêté')).toBeVisible()

  await salle.goto('/fallbacks/new')
  await salle.locator('[name=covers]').selectOption('119')
  await salle.locator('[name=territoryCode]').selectOption('59')
  await salle.locator('[name=organisationId]').selectOption({ label: 'SAMU 59 – Nord' })
  await salle.getByLabel('Numéro de repli', { exact: true }).fill('01 99 00 59 19')
  await salle.getByLabel('Appels à la fois').fill('12')
  await flawless(salle)
  await salle.getByRole('button', { name: 'Enregistrer' }).click()
  await salle.waitForURL(/\/fallbacks\/\d+$/)
  for (const reseau of ['Mobile Témoin', 'Fixe Modèle', 'Box Exemple']) {
    await salle.getByLabel('Réseau').fill(reseau)
    await salle.getByLabel('Aboutis').fill('2')
    await salle.getByLabel('Tentés').fill('2')
    await salle.getByRole('button', { name: 'Noter l’essai' }).click()
    await expect(salle.getByRole('row').filter({ hasText: reseau })).toBeVisible()
  }
  await salle.locator('[name="endsAt@Europe/Paris"]').fill(heure(600))
  await salle.getByRole('button', { name: 'Ouvrir' }).click()
  await expect(salle.getByText('En service')).toBeVisible()
  await expect(salle.getByText('01 99 00 59 19')).toHaveCount(0)
  await salle.getByRole('button', { name: 'Voir le numéro' }).click()
  await expect(salle.getByText('01 99 00 59 19')).toBeVisible()
  await flawless(salle)
  for (const page of ['/instructions', '/broadcasts', '/fallbacks', '/told', '/statements']) {
    await salle.goto(page)
    await flawless(salle)
  }
})

test('La page publique ne demande pas de compte, et ne dit rien tant qu’elle n’est pas ouverte', async ({
  page,
}) => {
  await page.goto('/status')
  await expect(page.getByText('Aucune information n’est publiée')).toBeVisible()
  await flawless(page)
  const flux = await page.request.get('/status/rss.xml')
  expect(flux.headers()['content-type']).toContain('application/rss+xml')
  expect(await (await page.request.get('/status/status.json')).json()).toMatchObject({
    notAnAlert: true,
    items: [],
  })
})

test('What is said outside, in English at the width of a telephone', async ({ as }) => {
  const desk = await as('lead', { locale: 'en-GB', viewport: { width: 360, height: 740 } })
  for (const path of [
    '/instructions',
    '/instructions/new',
    '/broadcasts',
    '/broadcasts/pilots',
    '/fallbacks',
    '/fallbacks/new',
    '/told',
    '/statements',
  ]) {
    await desk.goto(path)
    await flawless(desk)
  }
})
