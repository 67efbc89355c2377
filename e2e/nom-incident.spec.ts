import { expect, flawless, onlyWord, test } from './fixtures.ts'

test('Un chef de salle nomme un incident : le nom se lit dans la liste, sur le dossier, au journal ; un agent ne le peut pas', async ({
  as,
}) => {
  const [chef, agent] = [await as('lead'), await as('agent')]
  await chef.goto('/incidents')
  await chef.locator('main table a[href^="/incidents/"]').first().click()
  await chef.waitForURL(/\/incidents\/INC-/)
  const chemin = new URL(chef.url()).pathname
  const nom = `Cœur de réseau ${onlyWord()}`
  await chef.locator('summary', { hasText: 'Nommer l’incident' }).click()
  await chef.getByLabel('Nom de l’incident').fill(nom)
  await chef.getByRole('button', { name: 'Donner ce nom' }).click()
  await expect(chef.getByRole('heading', { level: 1 })).toContainText(nom)
  await expect(chef.getByText('Nommé, auparavant')).toBeVisible()
  await flawless(chef)

  await agent.goto('/incidents')
  await expect(agent.locator(`a[href="${chemin}"]`).first()).toContainText(nom)
  await agent.goto(`/cases?q=${encodeURIComponent(nom.replace('œ', 'oe'))}`)
  await expect(agent.locator(`main a[href="${chemin}"]`)).toContainText(nom)
  await agent.goto(chemin)
  await expect(agent.getByText('Nommer l’incident')).toHaveCount(0)
  await agent.locator('main a[href^="/cases/"]').first().click()
  await agent.waitForURL(/\/cases\/\d/)
  await expect(agent.getByRole('region', { name: 'Incident' })).toContainText(nom)
})

test('La page d’un incident tient en moins de cinq écrans de téléphone, et rien n’y manque', async ({
  as,
}) => {
  const chef = await as('lead', { viewport: { width: 360, height: 740 } })
  await chef.goto('/incidents')
  const incidents = await chef
    .locator('main table a[href^="/incidents/"]')
    .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))])
  expect(incidents.length).toBeGreaterThan(0)
  for (const chemin of incidents.slice(0, 4)) {
    await chef.goto(chemin)
    await expect(chef.locator('summary', { hasText: 'Dossiers rattachés' })).toBeVisible()
    const height = await chef.evaluate(() => document.documentElement.scrollHeight)
    expect(height / 740, chemin).toBeLessThan(5)
    await flawless(chef)
  }
  await chef.locator('summary', { hasText: 'Dossiers rattachés' }).click()
  await expect(chef.locator('main a[href^="/cases/"]').first()).toBeVisible()
})
