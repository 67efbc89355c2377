import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { freePort } from '#db/embedded.ts'
import { expect, flawless, onlyWord, signIn, test } from './fixtures.ts'
import { cuttableLine } from './ligne.ts'
import { leurDossier, nextBuild, twoSites, webBeside } from './seconde-copie.ts'

test.use({ serviceWorkers: 'allow' })

/** The names of what the worker of the site has kept to be read without a network; or who reads on this device. */
async function gardees(page: Page, quoi: 'pages' | 'reader' = 'pages'): Promise<string[]> {
  return page.evaluate(
    (asked) =>
      new Promise<string[]>((resolve, reject) => {
        const open = indexedDB.open('permanence', 1)
        // Not there yet: it is the worker's to make.
        open.onupgradeneeded = () => open.transaction?.abort()
        open.onerror = () => reject(open.error)
        open.onsuccess = () => {
          const store = asked === 'pages' ? 'pages' : 'state'
          const within = open.result.transaction(store).objectStore(store)
          const found = asked === 'pages' ? within.getAllKeys() : within.get('me')
          found.onsuccess = () => resolve(asked === 'pages' ? found.result.map(String) : [found.result.owner])
          found.onerror = () => reject(found.error)
        }
      }),
    quoi,
  )
}

/** Both pages are kept: from here on the line may be cut. */
const pretSansReseau = (page: Page) =>
  expect.poll(() => gardees(page).catch(() => [])).toEqual(['/cases/new', '/my'])

async function remplir(page: Page, mot: string, { sansScript = false } = {}) {
  await page.locator('input[name^=numbers][value="15"]').check()
  const entendu = page.locator('input[name=symptom][value=NO_LOCATION]')
  await entendu.evaluate((element) => element.closest('details')?.setAttribute('open', ''))
  await entendu.check()
  await page.locator('textarea[name=symptomWords]').fill(mot)
  await page.locator('input[name=since][value="60"]').check()
  // Pressed before the scripts of the page came, the browser posts the form itself.
  if (sansScript)
    await page
      .locator('form:has(textarea[name=symptomWords])')
      .evaluate((form: HTMLFormElement) => form.submit())
  else await page.getByRole('button', { name: 'Envoyer le signalement' }).click()
}

const CONTEXT = { serviceWorkers: 'allow' } as const

test('Sans réseau de la première touche à l’envoi : la page s’ouvre, le signalement est gardé, part seul, une seule fois, même lu sur fiche', async ({
  as,
  baseURL,
}) => {
  const [samu, agent] = [await as('reporter', CONTEXT), await as('agent')]
  // Not alike: the search reads words by their stems.
  const [mot, autre] = [onlyWord(), `second${onlyWord()}`]
  const ligne = await cuttableLine(new URL(baseURL ?? ''))
  await samu.goto(`${ligne.url}/my`)
  await pretSansReseau(samu)

  ligne.cut()
  await samu.goto(`${ligne.url}/directory-nobody-kept`)
  await expect(samu.getByRole('heading', { name: 'Pas de réseau' })).toBeVisible()
  await samu.getByRole('link', { name: 'Signaler une panne' }).click()
  await expect(samu.getByText(/^Pas de réseau\s: page lue à/)).toBeVisible()
  await remplir(samu, mot)
  await expect(samu.getByText('Gardé sur cet appareil')).toBeVisible()
  await expect(samu.getByText(/^Pas encore parti\s: signalement écrit à/)).toBeVisible()
  await flawless(samu)

  // Saved to a file, and read in at the cell before the device finds its way.
  const saved = samu.waitForEvent('download')
  await samu.getByRole('button', { name: 'Enregistrer dans un fichier' }).click()
  const file = await readFile(await (await saved).path(), 'utf8')
  await agent.goto('/cases/new/sheet')
  await agent.getByRole('textbox', { name: 'Texte des codes, ou du fichier' }).fill(file.slice(0, -40))
  await agent.getByRole('button', { name: 'Créer le dossier' }).click()
  await expect(
    agent.getByText('Ce n’est pas une fiche de Permanence, ou elle est incomplète.').first(),
  ).toBeVisible()
  await agent.getByRole('textbox', { name: 'Texte des codes, ou du fichier' }).fill(file)
  await agent.getByRole('button', { name: 'Créer le dossier' }).click()
  await agent.waitForURL(/\/cases\/\d{4}-/)
  const numero = new URL(agent.url()).pathname.split('/').at(-1) ?? ''

  // A second one, on a page that knows nothing of the first; then the tab is closed.
  await samu.goto(`${ligne.url}/cases/new`)
  await expect(samu.getByText(/^Pas encore parti/)).toHaveCount(1)
  await remplir(samu, autre)
  await expect(samu.getByText(/^Pas encore parti/)).toHaveCount(2)
  const contexte = samu.context()
  await samu.close()
  ligne.mend()
  const revenu = await contexte.newPage()
  await revenu.goto(`${ligne.url}/my`)
  await expect(revenu.getByText(/^Parti\s: le signalement écrit à/)).toHaveCount(2)
  await expect(revenu.getByText(`est le dossier ${numero}`)).toBeVisible()
  for (const seul of [mot, autre]) {
    await agent.goto(`/cases?q=${seul}`)
    await expect(agent.locator('tr[data-case]')).toHaveCount(1)
  }
  ligne.end()
})

test('Deux appareils de la même personne, deux onglets chacun : le réseau revient partout à la fois, rien ne part deux fois', async ({
  as,
  baseURL,
}) => {
  const ligne = await cuttableLine(new URL(baseURL ?? ''))
  const [fixe, portable, agent] = [
    await as('reporter', CONTEXT),
    await as('reporter', CONTEXT),
    await as('agent'),
  ]
  const appareils = [
    { page: fixe, mot: onlyWord(), sansScript: true },
    { page: portable, mot: `second${onlyWord()}`, sansScript: false },
  ]
  for (const { page } of appareils) {
    await page.goto(`${ligne.url}/my`)
    await pretSansReseau(page)
  }
  ligne.cut()
  const ouverts: Page[] = []
  for (const { page, mot, sansScript } of appareils) {
    await page.goto(`${ligne.url}/cases/new`)
    await remplir(page, mot, { sansScript })
    await expect(page.getByText(/^Pas encore parti/)).toHaveCount(1)
    const onglet = await page.context().newPage()
    await onglet.goto(`${ligne.url}/my`)
    await expect(onglet.getByText(/^Pas encore parti/)).toHaveCount(1)
    ouverts.push(page, onglet)
  }
  ligne.mend()
  // Each tab of each device asks to send, as when the network comes back, and once more by hand.
  await Promise.all(ouverts.map((page) => page.evaluate(() => window.dispatchEvent(new Event('online')))))
  await Promise.all(ouverts.map((page) => expect(page.getByText(/^Parti\s:/)).toHaveCount(1)))
  for (const { mot } of appareils) {
    await agent.goto(`/cases?q=${mot}`)
    await expect(agent.locator('tr[data-case]')).toHaveCount(1)
  }
  ligne.end()
})

test('Un onglet d’une autre personne, resté ouvert : au retour du réseau, l’appareil et ses pages restent à qui est connecté', async ({
  as,
}) => {
  const samu = await as('reporter', CONTEXT)
  await samu.goto('/my')
  await pretSansReseau(samu)
  const avant = await gardees(samu, 'reader')

  const contexte = samu.context()
  await contexte.clearCookies()
  const agent = await contexte.newPage()
  await signIn(agent, 'agent')
  await expect.poll(() => gardees(agent)).toEqual(['/cases', '/cases/new'])
  const connecte = await gardees(agent, 'reader')
  expect(connecte).not.toEqual(avant)

  // What the tab says to the worker as the network comes back, told once the worker has done with it.
  await samu.evaluate(
    () =>
      new Promise<void>((heard) => {
        const worker = navigator.serviceWorker.controller
        const post = worker?.postMessage.bind(worker)
        if (!worker || !post) throw new Error('no worker')
        worker.postMessage = (what: { ask: string }) => {
          const { port1, port2 } = new MessageChannel()
          if (what.ask === 'about') port1.onmessage = () => heard()
          post(what, [port2])
        }
        window.dispatchEvent(new Event('online'))
      }),
  )
  expect(await gardees(agent, 'reader')).toEqual(connecte)
  expect(await gardees(agent)).toEqual(['/cases', '/cases/new'])
})

const parti = (page: Page) => expect(page.getByText(/^Parti\s: le signalement écrit à/)).toBeVisible()

async function unSeulDossier(agent: Page, mot: string) {
  await agent.goto(`/cases?q=${mot}`)
  await expect(agent.locator('tr[data-case]')).toHaveCount(1)
}

test('Le premier site ne répond plus : le signalement part aussitôt par la seconde adresse, une seule fois', async ({
  as,
}) => {
  const dossier = leurDossier()
  const [samu, agent] = [await as('reporter', CONTEXT), await as('agent')]
  const mot = onlyWord()
  const { first, second } = await twoSites(dossier)
  try {
    await samu.goto(`${first.base}/my`)
    await pretSansReseau(samu)
    await first.end()
    await samu.goto(`${first.base}/cases/new`)
    await remplir(samu, mot)
    await parti(samu)
    await unSeulDossier(agent, mot)
  } finally {
    await Promise.all([first.end(), second.end()])
  }
})

test('L’application est mise à jour entre la panne et l’envoi : le signalement gardé part, une seule fois', async ({
  as,
}) => {
  const dossier = leurDossier()
  const [samu, agent] = [await as('reporter', CONTEXT), await as('agent')]
  const mot = onlyWord()
  const port = await freePort()
  const mise = nextBuild()
  const avant = await webBeside(dossier, port)
  try {
    await samu.goto(`${avant.base}/my`)
    await pretSansReseau(samu)
    const ancien = await samu.evaluate(() => navigator.serviceWorker.controller?.scriptURL)
    await avant.end()
    await samu.goto(`${avant.base}/cases/new`)
    await remplir(samu, mot)
    await expect(samu.getByText(/^Pas encore parti/)).toHaveCount(1)

    const apres = await webBeside(dossier, port, { NEXT_DIST_DIR: mise.dir })
    try {
      await samu.goto(`${apres.base}/my`)
      await parti(samu)
      // The former worker ends what it does first; the next visit has the new one.
      const contexte = samu.context()
      await samu.close()
      const revenu = await contexte.newPage()
      await revenu.goto(`${apres.base}/my`)
      await expect
        .poll(() => revenu.evaluate(() => navigator.serviceWorker.controller?.scriptURL))
        .not.toBe(ancien)
      await unSeulDossier(agent, mot)
    } finally {
      await apres.end()
    }
  } finally {
    await avant.end()
    mise.remove()
  }
})
