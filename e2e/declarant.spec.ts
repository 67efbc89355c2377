import type { Page } from '@playwright/test'
import { expect, flawless, report, signIn, test } from './fixtures.ts'
import { scriptsEnRetard } from './retenue.ts'

const PHONE = { viewport: { width: 320, height: 740 } }
/** A small photo with the place where it was taken written in it. */
const PHOTO = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////2wBDAf//////////////////////////////////////////////////////////////////////////////////////wAARCAABAAEDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCSiiigD//Z',
  'base64',
)

const send = (page: Page) => page.getByRole('button', { name: 'Envoyer le signalement' }).click()
const answer = async (page: Page) => {
  await page.getByRole('checkbox', { name: /^15/ }).check()
  await page.locator('input[name=symptom][value=NO_RING]').check()
}

test('Se connecter et signaler mène au signalement, qui dit ce qui est obligatoire et ne montre aucun code', async ({
  page,
}) => {
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Se connecter et signaler' })).toHaveAttribute(
    'href',
    '/sign-in?next=%2Fcases%2Fnew',
  )
  await signIn(page, 'reporter', '/sign-in?next=%2Fcases%2Fnew')
  await expect(page).toHaveURL(/\/cases\/new/)
  const form = page.locator('form:has(#q-who)')
  await expect(form.getByText('(obligatoire)')).toHaveCount(4)
  await expect(form.getByText('(facultatif)')).toHaveCount(0)
  await expect(form).not.toContainText('NO_RING')
})

test('Coché avant que les scripts ne soient là : chaque choix du signalement reste, même après un brouillon', async ({
  as,
}) => {
  const page = await as('reporter')
  const coche = (name: string, value: string) => page.locator(`input[name="${name}"][value="${value}"]`)
  // A page come alive searches communes as one types.
  const vivante = () => expect(page.locator('input[name=communeText][role=combobox]')).toBeVisible()
  await page.goto('/cases/new')
  await vivante()
  await coche('symptom', 'FAST_BUSY').check()
  await coche('since', '60').check()
  await page.goto('/my')
  const { viennent } = await scriptsEnRetard(page)
  await page.goto('/cases/new', { waitUntil: 'commit' })
  const choix = [
    coche('numbers[]', '15'),
    coche('numbers[]', '112'),
    coche('symptom', 'NO_RING'),
    coche('direction', 'into_centre'),
    coche('since', 'other'),
    coche('pattern', 'random'),
    coche('neighbourTouched', 'yes'),
  ]
  for (const un of choix) await un.check()
  const territoire = page.locator('select[name=territoryCode]')
  await territoire.selectOption('974')
  viennent()
  await vivante()
  for (const un of choix) await expect(un).toBeChecked()
  // What follows a choice follows it too: the hour is asked on the clock of the place.
  await expect(territoire).toHaveValue('974')
  await expect(page.locator('input[name="sinceAt@Indian/Reunion"]')).toBeVisible()
})

test('Le numéro de rappel est demandé, une ligne du site est signalée, et il se change après l’envoi', async ({
  as,
}) => {
  const page = await as('reporter', PHONE)
  await page.goto('/cases/new')
  await answer(page)
  const callBack = page.getByLabel('Numéro où vous rappeler')
  // one of the fixed lines that the directory has of this organisation, sent to the page to be compared
  const [, line = ''] = /"lines\\*":\[\\*"(\+\d+)/.exec(await page.content()) ?? []
  const warning = page.getByText('Ce numéro ressemble à une ligne du site en panne')
  await callBack.fill('')
  await send(page)
  await expect(page.locator('#callbackPhone-error')).toContainText('Donnez un numéro de rappel')
  await expect(page).toHaveTitle(/^Erreur\s: /)
  await callBack.fill('112')
  await send(page)
  await expect(page.locator('#callbackPhone-error')).toContainText('Personne n’est rappelé à un numéro court')
  await callBack.fill('06 39 98 00 42')
  await expect(warning).toHaveCount(0)
  await callBack.fill(line)
  await expect(warning).toBeVisible()
  // a warning, no refusal
  await send(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
  await expect(page.getByText('Le numéro de rappel ressemble à une ligne du site')).toBeVisible()
  await page.getByRole('link', { name: 'Changer le numéro de rappel' }).click()
  const form = page.locator('#change_callback')
  await form.getByLabel('Numéro où vous rappeler').fill('06 39 98 00 43')
  await form.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.getByText('Le numéro de rappel est changé.')).toBeVisible()
  await expect(page.locator('a[href="tel:+33639980043"]')).toBeVisible()
  await expect(page.getByText('Le numéro de rappel ressemble à une ligne du site')).toHaveCount(0)
  await flawless(page)
})

for (const javaScriptEnabled of [true, false])
  test(`Une commune écrite et non choisie est prise, ou demandée : jamais perdue (script : ${javaScriptEnabled})`, async ({
    as,
  }) => {
    const page = await as('reporter', { javaScriptEnabled })
    await page.goto('/cases/new')
    await answer(page)
    await page.locator('input[name=communeText]').fill('le hameau du vieux moulin')
    await send(page)
    await expect(page.getByRole('alert').filter({ has: page.getByRole('link') })).toContainText(
      'n’est le nom d’aucune commune',
    )
    await expect(page.locator('input[name=communeText]')).toHaveValue('le hameau du vieux moulin')
    await page.getByLabel('Envoyer ces mots tels quels').check()
    await send(page)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
    await expect(page.getByText(/«\sle hameau du vieux moulin\s»/)).toBeVisible()
  })

test('« Toujours en panne » reste dit après son formulaire : contesté par vous, cinq minutes pour répondre', async ({
  as,
}) => {
  const page = await as('reporter')
  const numero = await report(page)
  const agent = await as('agent')
  await agent.goto(`/cases/${numero}`)
  await agent.locator('#act').getByRole('button', { name: 'Prendre en compte' }).click()
  await expect(agent.locator('main header')).toContainText('Pris en compte')
  await agent.goto(`/cases/${numero}?do=restore`)
  await agent
    .locator('#act')
    .getByRole('textbox', { name: 'Message au déclarant', exact: true })
    .fill('Le lien est réparé')
  await agent.locator('#act').getByRole('button', { name: 'Rétabli (opérateur)' }).click()
  await expect(agent.locator('main header')).toContainText('Rétabli')
  await page.goto(`/my/${numero}`)
  await expect(page.getByText('Rétabli, à confirmer')).toBeVisible()
  await expect(page.getByRole('heading', { name: /Dernier mot de la cellule/ })).toBeVisible()
  const panne = page.locator('#still_failing')
  await panne.getByText('Ça ne marche toujours pas').first().click()
  await panne.getByLabel('Ce qui ne marche pas').fill('Un appel sur deux se perd')
  await panne.getByRole('button', { name: 'Dire que ça ne marche pas' }).click()
  const said = page.locator('#said')
  await expect(said).toContainText('La cellule vous répond sous 5 minutes')
  await expect(said).toBeFocused()
  await expect(page.getByText(/contesté par vous à \d/)).toBeVisible()
  await expect(page.getByRole('region', { name: /Prochain contact/ })).toContainText(/dans\s[45]\smin/)
  await flawless(page)
})

test('Avant un second dossier, celui qui est ouvert ; ensuite, le dernier signalement en un geste', async ({
  as,
}) => {
  const page = await as('reporter')
  const numero = await report(page)
  await page.goto('/cases/new')
  await page.getByRole('checkbox', { name: /^15/ }).check()
  await expect(page.getByText('Vous avez déjà un dossier ouvert pour ce numéro')).toBeVisible()
  await expect(page.getByRole('status').getByRole('link', { name: numero })).toHaveAttribute(
    'href',
    `/my/${numero}?do=answer#answer`,
  )
  await page.getByRole('link', { name: /^Reprendre le dernier signalement : 15/ }).click()
  await expect(page.getByText(`Les réponses du dossier ${numero} sont reprises`)).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /^15/ })).toBeChecked()
  await expect(page.locator('input[name=symptom][value=NO_RING]')).toBeChecked()
  await send(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
  expect(page.url()).not.toContain(numero)
})

test('Une photo jointe se lit chez la cellule, en pièce à enregistrer ; un document est refusé', async ({
  as,
}) => {
  const page = await as('reporter', PHONE)
  const numero = await report(page)
  await page.goto(`/my/${numero}?do=attach_file#attach_file`)
  const form = page.locator('#attach_file')
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    form.locator('input[type=file]').setInputFiles({ name, mimeType, buffer })
  await choose('plan.pdf', 'application/pdf', Buffer.from('%PDF-1.7\u0000'))
  await form.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.locator('#file-error')).toContainText('Une photo (JPEG, PNG) ou un texte')
  await choose('écran.jpg', 'image/jpeg', PHOTO)
  await form.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.getByText('Le fichier est joint au dossier.')).toBeVisible()
  await flawless(page)
  const agent = await as('agent')
  await agent.goto(`/cases/${numero}`)
  const link = agent.getByRole('region', { name: 'Pièces jointes' }).getByRole('link', { name: 'ecran.jpg' })
  const answered = await agent.request.get((await link.getAttribute('href')) ?? '')
  expect(answered.headers()).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': 'attachment; filename="ecran.jpg"',
    'x-content-type-options': 'nosniff',
  })
})

test('Un profil à soi ; une phrase oubliée devient un appel à faire, et la page ne dit pas qui existe', async ({
  as,
  page,
}) => {
  const reporter = await as('reporter', PHONE)
  await reporter.goto('/account')
  await reporter.getByLabel('Numéro où vous rappeler').fill('15')
  await reporter.getByRole('button', { name: 'Enregistrer' }).first().click()
  await expect(reporter.locator('#phone-error')).toContainText('numéro court')
  await reporter.getByLabel('Numéro où vous rappeler').fill('06 39 98 00 44')
  await reporter.getByRole('button', { name: 'Enregistrer' }).first().click()
  await expect(reporter.getByText('Votre profil est enregistré.')).toBeVisible()
  await flawless(reporter)
  await reporter.goto('/cases/new')
  await expect(reporter.getByLabel('Numéro où vous rappeler')).toHaveValue('06 39 98 00 44')

  const said: string[] = []
  for (const email of ['personne@permanence.example', 'prefecture@permanence.example']) {
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Phrase secrète oubliée' }).click()
    // the page before has such a field too
    await expect(page).toHaveURL('/sign-in/forgotten')
    await page.getByLabel('Adresse électronique').fill(email)
    await page.getByRole('button', { name: 'Demander un rappel' }).click()
    await expect(page).toHaveURL('/sign-in/forgotten?asked')
    said.push(await page.getByRole('main').innerText())
  }
  expect(said[0]).toBe(said[1])
  const admin = await as('admin')
  await admin.goto('/admin/accounts')
  await expect(admin.getByText(/phrases? secrètes? oubliées?/i).first()).toBeVisible()
  await expect(admin.locator('a[href^="tel:"]').first()).toBeVisible()
})

test('Le numéro de la permanence : jamais un numéro d’urgence, et à confirmer par un appel', async ({
  as,
}) => {
  const admin = await as('admin')
  await admin.goto('/admin/settings')
  const field = admin.getByLabel('Téléphone de la permanence')
  const kept = await field.inputValue()
  await field.fill('112')
  await admin.getByLabel('Pourquoi ce changement').fill('essai')
  await admin.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(admin.locator('#hotline_phone-error')).toContainText('C’est un numéro d’urgence')
  await field.fill(kept)
  await admin.getByRole('button', { name: 'Je l’ai appelé : la cellule a répondu' }).click()
  await expect(admin.getByText(/Appelé et confirmé par/)).toBeVisible()
})

test('Un brouillon repris n’ouvre aucune liste par-dessus le bouton d’envoi', async ({ as }) => {
  const page = await as('reporter', PHONE)
  await page.goto('/cases/new')
  await answer(page)
  const communes = page.locator('input[name=communeText]')
  await communes.pressSequentially('lille')
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
  await page.reload()
  await expect(page.getByText('Votre saisie non envoyée a été rétablie')).toBeVisible()
  await expect(communes).toHaveValue('lille')
  await expect(communes).toHaveAttribute('aria-expanded', 'false')
  await expect(page.getByRole('listbox')).toHaveCount(0)
})
