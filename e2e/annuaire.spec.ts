import { expect, flawless, test } from './fixtures.ts'

const PAGES = [
  '/admin',
  '/admin/organisations?q=samu+59',
  '/admin/organisations/1',
  '/admin/organisations/1/contacts/new',
  '/admin/organisations/1/sites/new',
  '/admin/contacts?q=samu+59',
  '/admin/sites?q=samu+59',
  '/admin/import',
]

for (const locale of ['fr-FR', 'en-GB']) {
  test(`les pages de l’annuaire sont accessibles et tiennent sur un téléphone (${locale})`, async ({
    as,
  }) => {
    const page = await as('admin', { locale, viewport: { width: 360, height: 740 } })
    for (const path of PAGES) {
      await page.goto(path)
      await expect(page.locator('h1')).toBeVisible()
      await flawless(page)
    }
  })
}

test('l’administration n’existe que pour un administrateur', async ({ as }) => {
  for (const role of ['agent', 'director', 'reporter'] as const) {
    const page = await as(role)
    for (const path of [...PAGES, '/admin/import/1', '/admin/import/example'])
      expect((await page.request.get(path)).status(), `${role} ${path}`).toBe(404)
  }
})

test('une organisation naît avec un poste, un contact et un site, et se retrouve dans les listes', async ({
  as,
}) => {
  const page = await as('admin')
  const name = `SAMU du journal ${Date.now()}`
  await page.goto('/admin/organisations')
  await page.getByRole('link', { name: 'Nouvelle organisation' }).click()
  await page.getByLabel('Nom de l’organisation').fill(name)
  await page.getByLabel('Catégorie').selectOption({ label: 'SAMU (CRRA 15)' })
  await page.getByLabel('Territoire').selectOption('59')
  await page.getByLabel('Voit les dossiers de').fill('59 XX')
  await page.getByRole('button', { name: 'Créer' }).click()
  await expect(page.getByText('Aucun territoire ne porte le code XX.').first()).toBeVisible()
  await expect(page.getByLabel('Nom de l’organisation')).toHaveValue(name)
  await page.getByLabel('Voit les dossiers de').fill('')
  await page.getByRole('button', { name: 'Créer' }).click()
  await expect(page.getByText('Organisation créée.')).toBeVisible()

  await page.getByRole('link', { name: 'Ajouter un poste' }).click()
  await page.getByLabel('Nom du poste').fill('Chef de salle')
  await page.getByRole('button', { name: 'Créer' }).click()
  await expect(page.getByText('Poste enregistré.')).toBeVisible()

  await page.getByRole('link', { name: 'Ajouter un contact' }).click()
  await page.getByLabel('Nom de la personne ou du poste').fill('Camille Exemple')
  await page.getByLabel('Poste', { exact: true }).selectOption({ label: 'Chef de salle' })
  await page.getByLabel('Numéro de contre-appel').check()
  await page.getByRole('button', { name: 'Créer' }).click()
  await expect(page.getByText('Un contre-appel demande un numéro').first()).toBeVisible()
  await page.getByLabel('Téléphone').fill('06 39 98 77 15')
  await page.getByRole('button', { name: 'Créer' }).click()
  await expect(page.getByRole('row', { name: /Camille Exemple.*06 39 98 77 15.*Contre-appel/ })).toBeVisible()

  await page.getByRole('link', { name: 'Ajouter un site' }).click()
  await page.getByLabel('Nom du site').fill('Centre 15 du journal')
  await page.getByRole('checkbox', { name: /^15 / }).check()
  await page.getByRole('checkbox', { name: /^112 / }).check()
  await page.getByRole('radio', { name: 'RTC (T0/T2)' }).check()
  await page.getByLabel('Opérateur').fill('Télécom Exemple')
  await page.getByLabel('Commune').fill('Ville qui n’existe pas')
  await page.getByRole('button', { name: 'Créer' }).click()
  await expect(page.getByText('Commune inconnue.').first()).toBeVisible()
  await page.getByLabel('Commune').fill('lille')
  await page.getByRole('button', { name: 'Créer' }).click()
  await expect(
    page.getByRole('row', { name: /Centre 15 du journal.*15 · 112.*RTC.*Télécom Exemple/ }),
  ).toBeVisible()
  await page.getByRole('link', { name: 'Centre 15 du journal' }).click()
  await expect(page.getByLabel('Commune')).toHaveValue('Lille (59350)')

  await page.goto(`/admin/organisations?q=${encodeURIComponent(name)}`)
  await expect(page.getByRole('row', { name: /1 poste, 1 contact, 1 site/ })).toBeVisible()
  await page.getByRole('link', { name }).click()
  await page.getByRole('button', { name: 'Mettre hors service' }).click()
  await expect(page.getByText('Mis hors service.')).toBeVisible()
  await page.goto(`/admin/organisations?q=${encodeURIComponent(name)}`)
  await expect(page.getByText('Aucune organisation')).toBeVisible()
})

test('deux administrateurs à la fois : le second lit ce qui a changé et garde ce qu’il a écrit', async ({
  as,
}) => {
  const [first, second] = [await as('admin'), await as('admin')]
  const name = `Hôpital du conflit ${Date.now()}`
  await first.goto('/admin/organisations/new')
  await first.getByLabel('Nom de l’organisation').fill(name)
  await first.getByLabel('Catégorie').selectOption({ label: 'Hôpital' })
  await first.getByLabel('Territoire').selectOption('59')
  await first.getByRole('button', { name: 'Créer' }).click()
  await expect(first.getByText('Organisation créée.')).toBeVisible()

  await second.goto(first.url())
  await second.getByLabel('Nom de l’organisation').fill(`${name}, site nord`)
  await first.getByLabel('Territoire').selectOption('62')
  await first.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(first.getByText('Enregistré.', { exact: true })).toBeVisible()

  await second.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(second.getByText(/a modifié cette fiche pendant que vous écriviez/)).toBeVisible()
  await expect(second.getByText('Territoire : « Pas-de-Calais » est écrit maintenant')).toBeVisible()
  await expect(second.getByLabel('Nom de l’organisation')).toHaveValue(`${name}, site nord`)
  await second.getByLabel('Territoire').selectOption('62')
  await second.getByRole('button', { name: 'Enregistrer quand même' }).click()
  await expect(second.getByText('Enregistré.', { exact: true })).toBeVisible()
  await second.reload()
  await expect(second.locator('h1')).toHaveText(`${name}, site nord`)
  await expect(second.getByLabel('Territoire')).toHaveValue('62')
})

test('import : un fichier faux est montré ligne par ligne et n’importe rien, corrigé il entre une fois confirmé', async ({
  as,
}) => {
  const page = await as('admin', { locale: 'fr-FR', javaScriptEnabled: false })
  const name = `Préfecture importée ${Date.now()}`
  const head = 'type;organisation;categorie;territoire;personne;telephone'
  const wrong = [head, `organisation;${name};prefecture;59`, 'organisation;Zut;zouave;59']
  wrong.push(`contact;${name};;;Andrea Exemple;12`, `contact;${name};;;Sacha Exemple;639987713`)
  await page.goto('/admin/import')
  await page.getByRole('button', { name: 'Essayer à blanc' }).click()
  await expect(page.locator('[data-answer]').getByText('Rien n’a été donné')).toBeVisible()

  await page.getByLabel('Ou collez les lignes').fill(wrong.join('\n'))
  await page.getByRole('button', { name: 'Essayer à blanc' }).click()
  await expect(page.getByText('3 lignes à corriger').first()).toBeVisible()
  await expect(page.getByRole('row', { name: /3 Catégorie « zouave » inconnue\./ })).toBeVisible()
  await expect(page.getByRole('row', { name: /4 « 12 » n’est pas un numéro à dix chiffres\./ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Importer/ })).toHaveCount(0)
  await expect(page.getByLabel('Ou collez les lignes')).toHaveValue(wrong.join('\n'))
  await page.getByRole('button', { name: 'Remettre le zéro proposé' }).click()
  await expect(page.getByText('2 lignes à corriger').first()).toBeVisible()
  await expect(page.getByLabel('Ou collez les lignes')).toHaveValue(/Sacha Exemple;06 39 98 77 13/)

  const right = [head, wrong[1], `contact;${name};;;Andrea Exemple;06 39 98 77 12`]
  await page.getByLabel('Ou collez les lignes').fill(right.join('\n'))
  await page.getByRole('button', { name: 'Essayer de nouveau' }).click()
  await expect(page.getByText('Toutes les lignes sont bonnes')).toBeVisible()
  const tried = page.url()
  await page.goto(`/admin/organisations?q=${encodeURIComponent(name)}`)
  await expect(page.getByText('Aucune organisation')).toBeVisible()

  await page.goto(tried)
  await page.getByRole('button', { name: 'Importer ces 2 lignes' }).click()
  await expect(page.getByText('Import terminé : 2 créées, rien de modifié.')).toBeVisible()
  await page.goto(`/admin/organisations?q=${encodeURIComponent(name)}`)
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('1 contact')
})

test('import : un fichier de tableur se choisit, et l’essai se lit sur un téléphone', async ({ as }) => {
  const page = await as('admin', { viewport: { width: 360, height: 740 } })
  await page.goto('/admin/import')
  const example = await page.request.get('/admin/import/example')
  expect(example.headers()['content-disposition']).toContain('annuaire-exemple.csv')
  const spoilt = `${await example.text()}site;SAMU 59 – Exemple;;59;;;;;;;Autre centre;99999;fibre;;4242\r\n`
  await page.getByLabel('Fichier CSV').setInputFiles({
    name: 'annuaire.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(spoilt),
  })
  await page.getByRole('button', { name: 'Essayer à blanc' }).click()
  await expect(page.locator('h1')).toHaveText('Essai à blanc : annuaire.csv')
  await expect(page.getByText('Accès « fibre » inconnu : rtc, sip, mixte ou inconnu.')).toBeVisible()
  await expect(page.getByText('Aucune commune ne porte le code 99999.')).toBeVisible()
  await expect(page.getByText('Le 4242 n’est pas un numéro d’urgence connu.')).toBeVisible()
  await flawless(page)
})
