import { expect, flawless, report, test } from './fixtures.ts'

test('L’autorité lit son territoire par numéro, trie, et ajoute son observation, que cellule et déclarant lisent', async ({
  as,
}) => {
  const samu = await as('reporter')
  const numero = await report(samu, { number: '115', symptom: 'FAST_BUSY' })
  const page = await as('authority', { viewport: { width: 360, height: 740 } })
  await page.goto('/my')
  const numbers = page.getByRole('region', { name: 'Numéros en panne sur le territoire' })
  await expect(numbers.getByRole('link').first()).toBeVisible()
  await flawless(page)
  await numbers.getByRole('link', { name: /^115/ }).click()
  await expect(page).toHaveURL(/standing=open&number=115/)
  await expect(page.getByRole('link', { name: numero })).toBeVisible()
  await page.getByLabel('Avancement').selectOption('over')
  await page.getByRole('button', { name: 'Filtrer' }).click()
  await expect(page.getByRole('link', { name: numero })).toHaveCount(0)

  await page.goto(`/my/${numero}`)
  await expect(page.getByRole('heading', { name: 'Est-ce seulement chez vous ?' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Je confirme le rétablissement' })).toHaveCount(0)
  const form = page.locator('#observe')
  await form.getByText('Ajouter une observation ou vos essais').click()
  await form.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.locator('#observe-text-error, #text-error').first()).toBeVisible()
  await form.getByLabel('Ce que vous voyez').fill('Le conseil départemental voit la même chose')
  await form.getByLabel('Passés').fill('0')
  await form.getByLabel('Essayés').fill('3')
  await form.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.getByText('Votre observation est ajoutée au dossier.')).toBeVisible()
  await flawless(page)
  const agent = await as('agent')
  for (const [reader, path] of [
    [samu, `/my/${numero}`],
    [agent, `/cases/${numero}`],
  ] as const) {
    await reader.goto(path)
    await expect(reader.getByText('Le conseil départemental voit la même chose').first()).toBeVisible()
    await expect(reader.getByText('Essais d’une autorité')).toBeVisible()
  }
})
