import type { Page } from '@playwright/test'
import { checkDigit } from '#app/cases/rules/reference-number.ts'
import { chooseOrganisation, expect, onlyWord, report, test } from './fixtures.ts'

/** A reporter's account for this organisation, made by the administrator as he does it. */
async function nouveauCompte(admin: Page, organisation: string): Promise<{ email: string; phrase: string }> {
  const email = `${onlyWord()}@permanence.example`
  await admin.goto('/admin/accounts/new')
  await admin.locator('[name=name]').fill('Autre Préfecture')
  await admin.locator('[name=email]').fill(email)
  await admin.locator('select[name=role]').selectOption('reporter')
  await chooseOrganisation(admin, organisation)
  await admin.locator('main form:has([name=email]) button[type=submit]').last().click()
  const phrase = (await admin.locator('output').textContent())?.trim() ?? ''
  return { email, phrase }
}

async function entrer(page: Page, { email, phrase }: { email: string; phrase: string }) {
  await page.goto('/sign-in')
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=passphrase]').fill(phrase)
  await page.locator('form:has(input[name=passphrase]) button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** All that the live stream of this person says, from now on. */
async function ecouter(personne: Page): Promise<() => Promise<string>> {
  const page = await personne.context().newPage()
  await page.goto('/my')
  await page.evaluate(
    () =>
      new Promise<void>((ready) => {
        const heard: string[] = []
        const stream = new EventSource('/api/live')
        stream.addEventListener('hint', (event) => heard.push((event as MessageEvent<string>).data))
        stream.addEventListener('ready', () => ready())
        Object.assign(window, { heard })
      }),
  )
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard.join(' '))
}

test('Deux préfectures ne se voient ni par la page, ni par l’identifiant, ni par la recherche, ni par le direct, ni par l’API', async ({
  as,
  browser,
}) => {
  const [admin, samu, nord, agent] = [
    await as('admin'),
    await as('reporter'),
    await as('authority'),
    await as('agent'),
  ]
  const compte = await nouveauCompte(admin, 'Préfecture du Rhône')
  const ailleurs = await browser.newContext({ locale: 'fr-FR' })
  const rhone = await ailleurs.newPage()
  await entrer(rhone, compte)
  const [direct, sien] = [await ecouter(rhone), await ecouter(nord)]

  const mot = onlyWord()
  const numero = await report(samu, { words: mot })
  await agent.goto(`/cases/${numero}`)
  await agent.locator('#act').getByRole('button', { name: 'Prendre en compte' }).click()
  await expect(agent.locator('main header')).toContainText('Pris en compte')

  // the authority of the territory sees all of it: what follows is not an empty room
  await expect.poll(sien).toContain(numero)
  await nord.goto(`/my/${numero}`)
  await expect(nord.getByText('Vous lisez ce dossier au titre de votre territoire.')).toBeVisible()

  const sienne = await report(rhone, { words: mot })
  await expect.poll(direct).toContain(sienne)
  expect(await direct()).not.toContain(numero)

  await rhone.goto('/my')
  await expect(rhone.getByRole('link', { name: sienne })).toBeVisible()
  await expect(rhone.getByRole('link', { name: numero })).toHaveCount(0)
  const absent = `2026-999999-${checkDigit('2026999999')}`
  for (const chemin of ['/my/', '/cases/'])
    expect((await rhone.goto(`${chemin}${numero}`))?.status(), chemin).toBe(
      (await rhone.goto(`${chemin}${absent}`))?.status(),
    )
  expect((await rhone.goto(`/my/${numero}`))?.status()).toBe(404)
  expect(await rhone.content()).not.toContain(mot)
  await rhone.goto(`/my?q=${numero}`)
  await expect(rhone.getByText('Aucun dossier de ce numéro')).toBeVisible()
  expect((await rhone.goto(`/cases?q=${mot}`))?.url()).toContain('/my')
  const api = '/tmf-api/troubleTicket/v4/troubleTicket'
  for (const chemin of [`${api}/${numero}`, `${api}?description=${mot}`, '/api/directory?q=samu']) {
    const reponse = await rhone.request.get(chemin)
    expect(reponse.status(), chemin).toBeGreaterThanOrEqual(400)
    expect(await reponse.text(), chemin).not.toContain(mot)
  }
  // the case of the other is as absent to the authority of the Nord
  expect((await nord.goto(`/my/${sienne}`))?.status()).toBe(404)
  expect(await sien()).not.toContain(sienne)
  await ailleurs.close()
})

/** A key to the machines' interface for an account of this organisation, made by the administrator. */
async function cle(admin: Page, titulaire: string): Promise<{ authorization: string }> {
  await admin.goto('/admin/tokens')
  await admin.getByRole('combobox', { name: 'Compte' }).pressSequentially(titulaire)
  await admin.getByRole('option', { name: titulaire }).first().click()
  await admin.getByLabel('Nom de la clé').fill(onlyWord())
  await admin.getByRole('button', { name: 'Faire la clé', exact: true }).click()
  return { authorization: `Bearer ${(await admin.locator('output').textContent())?.trim()}` }
}

test('Par l’API, la clé d’une autre préfecture ne liste, ne lit ni ne change un ticket qui n’est pas le sien', async ({
  as,
  request,
}) => {
  const admin = await as('admin')
  await nouveauCompte(admin, 'Préfecture du Rhône')
  const [samu, rhone] = [await cle(admin, 'SAMU 59'), await cle(admin, 'Préfecture du Rhône')]
  const api = '/tmf-api/troubleTicket/v4/troubleTicket'
  const mot = onlyWord()
  const envoi = (headers: { authorization: string }, territoire: string) =>
    request.post(api, {
      headers,
      data: {
        ...{ description: mot, severity: 'Critical', ticketType: 'incident', externalId: mot },
        ...{ symptom: 'NO_RING', callbackPhone: '01 99 00 00 59' },
        relatedEntity: [
          { id: '15', role: 'emergencyNumber' },
          { id: territoire, role: 'territory' },
        ],
      },
    })
  const fait = await envoi(samu, '59')
  expect(fait.status(), await fait.text()).toBe(201)
  const { id } = (await fait.json()) as { id: string }
  const lire = async (headers: { authorization: string }, adresse: string) => {
    const reponse = await request.get(adresse, { headers })
    return {
      status: reponse.status(),
      total: reponse.headers()['x-total-count'],
      texte: await reponse.text(),
    }
  }

  // to its own organisation it is there: what follows is not an empty room
  const avant = await lire(samu, `${api}/${id}`)
  expect(avant).toMatchObject({ status: 200, texte: expect.stringContaining(mot) })
  expect(await lire(samu, `${api}?externalId=${mot}`)).toMatchObject({ status: 200, total: '1' })

  expect(await lire(rhone, `${api}?externalId=${mot}`)).toEqual({ status: 200, total: '0', texte: '[]' })
  const liste = await lire(rhone, `${api}?limit=200`)
  expect(liste.status).toBe(200)
  expect(liste.texte).not.toContain(id)
  expect(liste.texte).not.toContain(mot)

  // neither its words nor its status tell a ticket of another from one that never was
  const absent = `2026-999999-${checkDigit('2026999999')}`
  const refus = await lire(rhone, `${api}/${absent}`)
  expect(refus.status).toBe(404)
  expect(await lire(rhone, `${api}/${id}`)).toEqual(refus)
  const changements = [
    { note: [{ text: mot }] },
    { status: 'resolved', test: [{ passed: 5, tried: 5 }] },
    { status: 'inProgress', note: [{ text: mot }] },
    { test: [{ passed: 0, tried: 3 }] },
  ]
  for (const data of changements) {
    const [ici, la] = [
      await request.patch(`${api}/${id}`, { headers: rhone, data }),
      await request.patch(`${api}/${absent}`, { headers: rhone, data }),
    ]
    expect(ici.status(), JSON.stringify(data)).toBe(404)
    expect(await ici.text(), JSON.stringify(data)).toBe(await la.text())
  }
  expect(await lire(samu, `${api}/${id}`)).toEqual(avant)

  // the same externalId of another account is another ticket, and answers nothing of the first
  const sien = (await (await envoi(rhone, '69')).json()) as { id: string }
  expect(sien.id).not.toBe(id)
  expect((await lire(rhone, `${api}?externalId=${mot}`)).texte).not.toContain(id)
  expect((await lire(samu, `${api}/${sien.id}`)).status).toBe(404)
})
