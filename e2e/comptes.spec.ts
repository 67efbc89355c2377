import { expect, test } from './fixtures.ts'

test('sans JavaScript, l’organisation d’un compte se cherche, se choisit et se change', async ({ as }) => {
  const admin = await as('admin', { javaScriptEnabled: false })
  const email = `sans.liste.${Date.now()}@permanence.example`
  const organisation = admin.getByRole('textbox', { name: 'Organisation' })
  await admin.goto('/admin/accounts/new')
  await admin.getByLabel('Nom', { exact: true }).fill('Dominique Sansliste')
  await admin.getByLabel('Courriel').fill(email)
  await admin.getByLabel('Rôle').selectOption('reporter')
  await organisation.fill('samu')
  await admin.getByRole('button', { name: 'Créer le compte' }).click()
  // several bear this word: they are shown, and nothing typed is lost
  await expect(admin.getByText('Choisissez l’organisation dans la liste').first()).toBeVisible()
  await expect(admin.getByLabel('Courriel')).toHaveValue(email)
  await organisation.fill('samu 5')
  await admin.getByRole('button', { name: 'Chercher l’organisation' }).click()
  await admin.getByRole('radio', { name: 'SAMU 59 – Nord' }).check()
  await admin.getByRole('button', { name: 'Créer le compte' }).click()
  await expect(admin.locator('output')).toHaveText(/^[a-z]+(-[a-z]+){4}$/)

  await admin.goto(`/admin/accounts?q=${email}`)
  await admin.getByRole('link', { name: 'Dominique Sansliste' }).click()
  await expect(organisation).toHaveValue('SAMU 59 – Nord')
  await organisation.fill('Préfecture du Rhône')
  await admin.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(organisation).toHaveValue(/^Préfecture du Rhône/)
  await expect(admin.getByText('Enregistré.')).toBeVisible()
})
