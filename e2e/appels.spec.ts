import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, flawless, report, test } from './fixtures.ts'

/** A key as an administrator makes it, and the switchboard that has it. */
async function standard(admin: Page) {
  await admin.goto('/admin/tokens')
  await admin.getByLabel('Nom de l’appareil').fill('Standard d’essai')
  await admin.getByRole('button', { name: 'Faire la clé de l’appareil' }).click()
  const form = admin.locator('form', { has: admin.getByLabel('Nom de l’appareil') })
  const cle = (await form.locator('output').textContent()) ?? ''
  return (event: string, callId: string, more: Record<string, string> = {}) =>
    admin.request.post(`/api/cti/${cle}`, {
      form: { event, callId, direction: 'in', from: '', to: '0199009999', ...more },
      // As an exchange does: told twice is told once.
      maxRetries: 3,
    })
}

/** The number of somebody whom the directory of the demonstration knows. */
async function numeroConnu(admin: Page): Promise<{ organisation: string; numero: string }> {
  await admin.goto('/admin/contacts?q=SAMU')
  const ligne = admin
    .locator('tbody tr', { hasText: /SAMU \d/ })
    .filter({ hasText: /01 99/ })
    .first()
  const texte = (await ligne.textContent()) ?? ''
  return {
    organisation: /SAMU \d+/.exec(texte)?.[0] ?? '',
    numero: /(?:\d\d ){4}\d\d/.exec(texte)?.[0] ?? '',
  }
}

test('Un appel sonne, la fiche s’ouvre chez celui qui décroche et chez nul autre ; sans réponse, il est à rappeler', async ({
  as,
}) => {
  const [admin, agent, chef] = [await as('admin'), await as('agent'), await as('lead')]
  const { organisation, numero } = await numeroConnu(admin)
  expect(numero, 'a number of the demonstration').toMatch(/^01 99/)
  const dit = await standard(admin)

  await agent.goto('/calls')
  await agent.getByLabel(/Mon poste/).fill('201')
  await agent.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(agent.getByText('Mon téléphone : 201')).toBeVisible()
  await agent.goto('/cases')
  await chef.goto('/cases')
  const [fiche, fiches] = [agent.locator('[data-call-pop]'), chef.locator('[data-call-pop]')]
  // Each page hears the live line before the telephone rings.
  for (const page of [agent, chef]) await expect(page.locator('[data-live="live"]').first()).toBeAttached()

  await dit('newCall', 'e2e-1', { from: numero })
  await expect(chef.locator('[data-call-rings]')).toContainText(organisation)
  await dit('answer', 'e2e-1', { from: numero, user: '201' })
  await expect(fiche).toContainText(organisation)
  await expect(fiche).toContainText(numero)
  await flawless(agent)
  await expect(fiches).toHaveCount(0)
  await expect(chef.locator('[data-call-rings]')).toHaveCount(0)
  await fiche.getByRole('link', { name: 'Prendre le signalement' }).click()
  await expect(agent.getByRole('heading', { name: 'Contre-appel' })).toBeVisible()
  await dit('hangup', 'e2e-1', { from: numero, cause: 'normalClearing' })

  await agent.goto('/cases')
  await expect(agent.locator('[data-live="live"]').first()).toBeAttached()
  for (const essai of ['e2e-2', 'e2e-3']) {
    await dit('newCall', essai, { from: numero })
    await dit('hangup', essai, { from: numero, cause: 'noAnswer' })
  }
  const manques = agent.locator('[data-missed-calls]')
  await expect(manques).toContainText('1 appel sans réponse à rappeler')
  await expect(manques).toContainText(organisation)
  await expect(chef.locator('[data-strip]')).toContainText('1 appel sans réponse à rappeler')
  await manques.getByRole('link', { name: 'Rappeler' }).click()
  const ligne = agent.locator('tr[data-call]', { hasText: '2 appels' })
  await expect(ligne.getByRole('link', { name: numero })).toHaveAttribute('href', /^tel:\+33/)
  await ligne.getByLabel('Ce qu’a donné le rappel').fill('Joint : essais en cours de leur côté')
  await ligne.getByRole('button', { name: 'C’est fait' }).click()
  await expect(agent.getByText('Personne à rappeler.')).toBeVisible()
  // Its row is gone with its form: what became of it is said above the page.
  await expect(agent.locator('[data-page-answer]')).toHaveText('Rappel noté.')
  await chef.goto('/cases')
  await expect(chef.locator('[data-missed-calls]')).toHaveCount(0)
  await chef.goto('/calls?view=all')
  await expect(chef.getByText('Joint : essais en cours de leur côté').first()).toBeVisible()
})

/** Two hundred calls, eight exchanges telling at once. */
async function rafale(un: (n: number) => Promise<void>): Promise<void> {
  const suite = Array.from({ length: 200 }, (_, n) => n)
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let n = suite.shift(); n !== undefined; n = suite.shift()) await un(n)
    }),
  )
}

test('Deux cents appels en une minute : la liste reste utilisable, un événement illisible est refusé en mots', async ({
  as,
}) => {
  const [admin, agent] = [await as('admin'), await as('agent')]
  const dit = await standard(admin)
  const bad = await dit('explose', 'e2e-x')
  expect(bad.status()).toBe(422)
  expect(await bad.text()).toContain('newCall, answer')
  await agent.goto('/calls?view=all')
  await rafale(async (n) => {
    const from = `01990${String(60_000 + n)}`
    expect((await dit('newCall', `e2e-flot-${n}`, { from })).status()).toBeLessThan(300)
    expect((await dit('hangup', `e2e-flot-${n}`, { from, cause: 'cancel' })).status()).toBeLessThan(300)
  })
  await agent.goto('/calls')
  await expect(agent.getByRole('link', { name: 'À rappeler (200)' })).toBeVisible()
  await expect(agent.locator('tr[data-call]')).toHaveCount(50)
  await agent.goto('/cases')
  await expect(agent.locator('[data-missed-calls]')).toContainText('200 appels sans réponse')
  // Told late: they were answered after all. Nobody is left to call.
  await rafale(async (n) =>
    expect((await dit('answer', `e2e-flot-${n}`, { user: '299' })).status()).toBeLessThan(300),
  )
  await expect(agent.locator('[data-missed-calls]')).toHaveCount(0)
})

test('Composer d’un clic : le standard fait sonner son poste, puis le numéro ; durée et issue restent au dossier', async ({
  as,
}) => {
  const [admin, agent] = [await as('admin'), await as('agent')]
  const composes: { from: string; to: string }[] = []
  const autocom = createServer(async (asked, answer) => {
    let body = ''
    for await (const part of asked) body += part
    // What the hour itself calls for rings at the other address.
    if (asked.url === '/dial') composes.push(JSON.parse(body))
    answer.writeHead(202).end('{}')
  }).listen(0)
  await once(autocom, 'listening')
  const passerelle = `http://127.0.0.1:${(autocom.address() as AddressInfo).port}/dial`
  const regle = async (url: string) => {
    await admin.goto('/admin/messaging')
    const form = admin.locator('form', { has: admin.getByLabel('Adresse qui compose pour un agent (URL)') })
    await admin.locator('details', { has: form }).evaluate((part) => part.setAttribute('open', ''))
    await form.getByLabel('Adresse (URL)', { exact: true }).fill(url.replace('dial', 'ring'))
    await form.getByLabel('Adresse qui compose pour un agent (URL)').fill(url)
    await form.getByLabel('Pourquoi ce changement').fill('Essai du standard')
    await form.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(admin.getByText(url ? 'Canal enregistré' : 'Canal arrêté')).toBeVisible()
  }
  const dit = await standard(admin)
  await regle(passerelle)
  try {
    await agent.goto('/calls')
    // Folded where a journey before noted another.
    const poste = agent.getByLabel(/Mon poste/)
    await poste.evaluate((champ) => champ.closest('details')?.setAttribute('open', ''))
    await poste.fill('207')
    await agent.getByRole('button', { name: 'Enregistrer' }).click()
    await expect(agent.getByText('Mon téléphone : 207')).toBeVisible()

    // From the case of whoever gave a number to be called back at.
    await agent.goto(`/cases/${await report(await as('reporter'), { callback: '06 39 98 00 42' })}`)
    await agent.getByRole('button', { name: 'Composer' }).click()
    await expect(agent.getByText('Votre téléphone 207 sonne')).toBeVisible()
    expect(composes).toMatchObject([{ from: '207', to: expect.stringMatching(/^\+33639980/) }])
    const ligne = { direction: 'out', from: '207', to: composes[0]?.to ?? '', user: '207' }
    expect((await dit('hangup', 'e2e-compose', { ...ligne, duration: '42' })).status()).toBeLessThan(300)
    await agent.reload()
    await expect(agent.locator('li[data-kind]', { hasText: 'Numéro composé depuis la page' })).toHaveCount(1)
    await expect(agent.locator('li[data-kind]', { hasText: 'Appel passé, 42 s' })).toHaveCount(1)
    await flawless(agent)

    // And from the line of a call that nobody answered.
    await dit('newCall', 'e2e-manque', { from: composes[0]?.to ?? '' })
    await dit('hangup', 'e2e-manque', { from: composes[0]?.to ?? '', cause: 'noAnswer' })
    await agent.goto('/calls')
    const manque = agent.locator('tr[data-call]').first()
    await manque.getByRole('button', { name: 'Composer' }).click()
    await expect(manque.getByText('Votre téléphone 207 sonne')).toBeVisible()
    expect(composes).toHaveLength(2)
    await manque.getByLabel('Ce qu’a donné le rappel').fill('Joint')
    await manque.getByRole('button', { name: 'C’est fait' }).click()
    await expect(agent.getByText('Personne à rappeler.')).toBeVisible()
  } finally {
    await regle('')
    autocom.close()
  }
})
