import type { Page } from '@playwright/test'
import { checkDigit } from '#app/cases/rules/reference-number.ts'
import { expect, onlyWord, report, test } from './fixtures.ts'

const ligne = (page: Page, numero: string) => page.locator(`tr[data-case^="${numero}:"]`)
const ordre = (page: Page) =>
  page
    .locator('tr[data-case]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-case')?.split(':')[0] ?? ''))

test('La file vit : un signalement y paraît, l’ordre suit ce qui est dû, sans recharger', async ({ as }) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const mot = onlyWord()
  await agent.goto('/cases?number=114')
  await expect(agent.locator('[data-live=live]')).toBeVisible()
  await agent.evaluate(() => Object.assign(window, { restee: true }))

  const premier = await report(samu, { number: '114', words: mot })
  await expect(ligne(agent, premier)).toContainText('SAMU 59')
  await expect(ligne(agent, premier).locator('time[data-due]')).toContainText(/^encore|^dans|min|s$/)
  // By the short way: the rows and counts alone, not the page.
  const relue = agent.waitForResponse((reponse) => reponse.url().includes('/api/queue?number=114'))
  const second = await report(samu, { number: '114', words: mot })
  await expect(ligne(agent, second)).toBeVisible()
  expect((await relue).ok()).toBe(true)
  const avant = (await ordre(agent)).filter((numero) => numero === premier || numero === second)
  expect(avant).toEqual([premier, second])

  await ligne(agent, premier).getByRole('button', { name: 'Prendre en compte' }).click()
  await expect(agent.getByText(`Dossier ${premier} pris en compte.`)).toBeVisible()
  // answered for, it comes after what nobody has answered for
  await expect
    .poll(async () => (await ordre(agent)).filter((numero) => numero === premier || numero === second))
    .toEqual([second, premier])
  expect(await agent.evaluate(() => 'restee' in window)).toBe(true)
})

test('Au clavier seul : descendre, prendre en compte, s’en charger, chercher, ouvrir', async ({ as }) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const mot = onlyWord()
  const numero = await report(samu, { words: mot })
  await report(samu, { words: mot })
  await agent.goto('/cases')
  // A key pressed before the page's scripts are there is nobody's.
  await expect(agent.locator('[data-live=live]')).toHaveCount(1)
  await agent.keyboard.press('/')
  await expect(agent.locator('#queue-search')).toBeFocused()
  await agent.keyboard.type(mot)
  await agent.keyboard.press('Enter')
  await expect(agent).toHaveURL(new RegExp(`q=${mot}`))
  await expect(agent.locator('tr[data-case]')).toHaveCount(2)
  await expect(agent.locator('[data-live=live]')).toBeVisible()
  await agent.keyboard.press('j')
  await agent.keyboard.press('j')
  await expect(ligne(agent, numero).getByRole('link')).toBeFocused()
  await agent.keyboard.press('a')
  await expect(agent.getByRole('status').filter({ hasText: numero })).toContainText('pris en compte')
  await expect(ligne(agent, numero)).toContainText('Pris en compte')
  await expect(ligne(agent, numero).getByRole('link')).toBeFocused()
  await agent.keyboard.press('c')
  await expect(ligne(agent, numero)).toContainText('y travaille')
  await agent.keyboard.press('Enter')
  await expect(agent).toHaveURL(`/cases/${numero}`)
})

test('Chercher : numéro, numéro mal lu, organisation, commune, mots', async ({ as }) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const mot = onlyWord()
  await samu.goto('/cases/new')
  const communes = samu.getByRole('combobox', { name: 'Communes touchées' })
  await communes.fill('bailleul')
  await samu.getByRole('option', { name: /^Bailleul \(59\)/ }).click()
  await samu.getByRole('checkbox', { name: '15 SAMU' }).check()
  await samu.locator('input[name=symptom][value=NO_RING]').check()
  await samu.getByLabel('Avec vos mots').fill(`Les tonalités ${mot} disparaissent`)
  await samu.getByRole('button', { name: 'Envoyer le signalement' }).click()
  await samu.waitForURL(/sent/)
  const numero = new URL(samu.url()).pathname.split('/').at(-1) ?? ''

  await agent.goto('/cases')
  const chercher = async (texte: string) => {
    await agent.getByRole('searchbox').fill(texte)
    await agent.getByRole('button', { name: 'Chercher' }).click()
    await agent.waitForURL((url) => url.pathname !== '/cases' || url.searchParams.get('q') === texte)
  }
  await chercher(`${numero.slice(0, -1)}${(Number(numero.at(-1)) + 1) % 10}`)
  await expect(agent.getByText(/n’est pas un numéro de dossier valide/)).toBeVisible()
  await chercher(`2026-999999-${checkDigit('2026999999')}`)
  await expect(agent.getByText('aucun dossier ne le porte')).toBeVisible()
  for (const texte of [`tonalité ${mot}`, `samu nord ${mot}`, `bailleul ${mot}`]) {
    await chercher(texte)
    await expect.poll(() => ordre(agent), texte).toEqual([numero])
  }
  await chercher(`roubaix ${mot}`)
  await expect(agent.getByText('Aucun dossier ne répond à ces critères')).toBeVisible()
  await chercher(numero.replaceAll('-', ' '))
  await expect(agent).toHaveURL(`/cases/${numero}`)
})

test('Les filtres tiennent dans l’adresse, une vue se garde et s’efface', async ({ as }) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const numero = await report(samu, { number: '196' })
  await agent.goto('/cases')
  await agent.locator('summary', { hasText: 'Filtrer' }).click()
  await agent.getByLabel('Numéro d’urgence').selectOption('196')
  await agent.getByLabel('Territoire', { exact: true }).fill('hauts de france')
  await agent.getByLabel('Organisation').fill('samu 59')
  await agent.getByRole('button', { name: 'Appliquer' }).click()
  await expect(agent).toHaveURL(/number=196/)
  await expect(agent.getByText('Territoire : Hauts-de-France')).toBeVisible()
  await expect(ligne(agent, numero)).toBeVisible()
  const adresse = agent.url()

  const nom = `Mer ${onlyWord()}`
  await agent.getByPlaceholder('Nom de la vue').fill(nom)
  await agent.getByRole('button', { name: 'Garder cette vue' }).click()
  await expect(agent.getByRole('link', { name: nom })).toHaveAttribute('aria-current', 'page')
  await agent.goto('/cases?number=17')
  await expect(ligne(agent, numero)).toHaveCount(0)
  await agent.getByRole('link', { name: nom }).click()
  await expect(ligne(agent, numero)).toBeVisible()
  expect(new URL(agent.url()).searchParams.get('territory')).toBe(
    new URL(adresse).searchParams.get('territory'),
  )
  await agent.getByRole('button', { name: `Effacer la vue ${nom}` }).click()
  await expect(agent.getByRole('link', { name: nom })).toHaveCount(0)
})

test('La suite de la file ne répète ni ne saute rien, même si un dossier arrive entre deux pages', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  await agent.goto('/cases?closed=1')
  const premiere = await ordre(agent)
  expect(premiere).toHaveLength(25)
  const suite = await agent.getByRole('link', { name: 'Suite' }).getAttribute('href')
  const nouveau = await report(samu)
  await agent.goto(suite ?? '')
  const seconde = await ordre(agent)
  expect(seconde.length).toBeGreaterThan(0)
  expect(seconde.filter((numero) => premiere.includes(numero) || numero === nouveau)).toEqual([])
  await agent.getByRole('link', { name: 'Retour au début' }).click()
  await expect(ligne(agent, nouveau)).toBeVisible()
  // one more on top pushes exactly the last of the first page to the second
  expect(await ordre(agent)).toEqual([nouveau, ...premiere.slice(0, 24)])
})

test('Onglets, pages et filtres se lisent sans leur page : l’adresse suit, « retour » revient, le foyer et l’annonce y sont', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const numero = await report(samu, { number: '196' })
  await agent.goto('/cases?closed=1')
  await expect(agent.locator('[data-live=live]')).toBeVisible()
  const pages: string[] = []
  agent.on('request', (asked) => new URL(asked.url()).pathname === '/cases' && pages.push(asked.url()))
  const premiere = await ordre(agent)

  await agent.getByRole('link', { name: 'Suite' }).click()
  await expect(agent).toHaveURL(/closed=1&after=/)
  await expect(ligne(agent, premiere[0] ?? '')).toHaveCount(0)
  await expect(agent.locator('tbody th a').first()).toBeFocused()
  await expect(agent.getByRole('status').filter({ hasText: 'Dossiers affichés' })).toHaveCount(1)
  const seconde = await ordre(agent)
  expect(seconde.filter((one) => premiere.includes(one))).toEqual([])
  await agent.goBack()
  await expect(agent).toHaveURL(/\?closed=1$/)
  await expect.poll(() => ordre(agent)).toEqual(premiere)
  await agent.goForward()
  await expect.poll(() => ordre(agent)).toEqual(seconde)

  const ouverts = agent.getByRole('link', { name: 'Ouverts' })
  await ouverts.click()
  await expect(agent).toHaveURL('/cases')
  await expect(ouverts).toHaveAttribute('aria-current', 'page')
  await expect(ouverts).toBeFocused()
  await agent.getByRole('link', { name: /^À prendre en compte/ }).click()
  await expect(agent).toHaveURL(/state=received/)
  await agent.locator('summary', { hasText: 'Filtrer' }).click()
  await expect(agent.getByLabel('État', { exact: true })).toHaveValue('received')
  await agent.getByLabel('Numéro d’urgence').selectOption('196')
  await agent.getByRole('button', { name: 'Appliquer' }).click()
  await expect(agent).toHaveURL('/cases?state=received&number=196')
  await expect(ligne(agent, numero)).toBeVisible()
  // The address is there a moment before its list.
  await expect(agent.locator('tr[data-case]', { hasNotText: '196' })).toHaveCount(0)
  await expect(agent.getByPlaceholder('Nom de la vue')).toBeVisible()
  expect(pages).toEqual([])

  const lue = await ordre(agent)
  await agent.reload()
  expect(await ordre(agent)).toEqual(lue)
  // What only the page can say is asked of the page.
  await agent.getByLabel('Territoire', { exact: true }).fill('hauts de france')
  await agent.getByRole('button', { name: 'Appliquer' }).click()
  await expect(agent.getByText('Territoire : Hauts-de-France')).toBeVisible()
})

test('Un dossier est nouveau pour chacun jusqu’à ce qu’il l’ait vu ; toujours en panne d’abord, un N3 jamais sous le pli', async ({
  as,
}) => {
  const [samu, agent, chef] = [await as('reporter'), await as('agent'), await as('lead')]
  await agent.goto('/cases')
  await chef.goto('/cases')
  for (const page of [agent, chef]) await expect(page.locator('main [data-live=live]')).toBeVisible()
  // What other journeys left waiting at its level would stand before it.
  const attendent = agent
    .locator('tr[data-case]', { hasText: 'N3' })
    .getByRole('button', { name: 'Prendre en compte' })
  for (let reste = await attendent.count(); reste > 0; reste--) {
    await attendent.first().click()
    await expect(attendent).toHaveCount(reste - 1)
  }
  const grave = await report(samu, { number: ['15', '18'], words: onlyWord() })
  for (const page of [agent, chef]) await expect(ligne(page, grave).locator('em')).toHaveText('nouveau')
  const { y = Number.NaN, height = 0 } = (await ligne(agent, grave).boundingBox()) ?? {}
  expect(y + height).toBeLessThan(720)

  await ligne(agent, grave).getByRole('link').first().click()
  await expect(agent).toHaveURL(`/cases/${grave}`)
  await expect(agent.locator('main [data-live=live]')).toBeVisible()
  await agent.getByRole('button', { name: 'Prendre en compte' }).click()
  await expect(agent.getByText('Pris en compte', { exact: true }).first()).toBeVisible()
  await agent.goto('/cases')
  await expect(ligne(agent, grave)).toBeVisible()
  await expect(ligne(agent, grave).locator('em')).toHaveCount(0)
  await expect(ligne(chef, grave).locator('em')).toHaveText('nouveau')

  // Told that it works, the reporter says that it does not: nothing comes before.
  await agent.goto(`/cases/${grave}?do=restore`)
  await agent.locator('#act').getByLabel('Message au déclarant').fill('Réparé, faites vos essais.')
  await agent.locator('#act').getByRole('button', { name: 'Rétabli (opérateur)' }).click()
  await samu.goto(`/my/${grave}`)
  const panne = samu.locator('#still_failing')
  await panne.getByText('Ça ne marche toujours pas').first().click()
  await panne.getByLabel('Ce qui ne marche pas').fill('Toujours le silence')
  await panne.getByRole('button', { name: 'Dire que ça ne marche pas' }).click()
  await expect(samu.getByText('Vérification en cours')).toBeVisible()
  await agent.goto('/cases')
  await expect(agent.locator('tr[data-case]').first()).toContainText('Toujours en panne')
})
