import type { Page } from '@playwright/test'
import { expect, flawless, test } from './fixtures.ts'

const ROUTING = '/admin/routing'

for (const locale of ['fr-FR', 'en-GB']) {
  test(`les pages de l’acheminement sont accessibles et tiennent sur un téléphone (${locale})`, async ({
    as,
  }) => {
    const page = await as('admin', { locale, viewport: { width: 360, height: 740 } })
    const tried = `${ROUTING}?place=59&level=2&kind=samu&number=15`
    for (const path of [tried, `${ROUTING}/new`]) {
      await page.goto(path)
      await expect(page.locator('h1')).toBeVisible()
      await flawless(page)
    }
  })
}

test('seul un administrateur trouve l’acheminement', async ({ as }) => {
  for (const role of ['director', 'reporter'] as const) {
    const page = await as(role)
    expect((await page.request.get(ROUTING)).status(), role).toBe(404)
  }
})

test('une règle se crée, se place, explique qui prend un signalement, et le vrai signalement la suit', async ({
  as,
}) => {
  const admin = await as('admin')
  const name = `Essai du 116117 ${Date.now()}`
  await admin.goto(ROUTING)
  await admin.getByRole('link', { name: 'Nouvelle règle' }).click()
  await admin.getByLabel('Nom de la règle').fill(name)
  await admin.getByLabel('Territoires').fill('59 999')
  await admin.getByLabel('116117', { exact: true }).check()
  await admin.getByLabel('Équipe qui prend').selectOption('Astreinte technique')
  await admin.getByRole('button', { name: 'Créer' }).click()
  await expect(admin.getByText('Aucun territoire ne porte le code 999.').first()).toBeVisible()
  await admin.getByLabel('Territoires').fill('59')
  await admin.getByRole('button', { name: 'Créer' }).click()
  await expect(admin.getByText('Règle créée, à la fin de la liste.')).toBeVisible()

  // at the end, a rule before it takes the report
  await tryOut(admin)
  const verdict = admin.getByText(/^La règle «\s.+\s» le prend\.$/)
  await expect(verdict).toBeVisible()
  await expect(verdict).not.toContainText(name)

  await admin.goto(ROUTING)
  const row = admin.getByRole('row', { name: new RegExp(name) })
  const up = row.getByRole('button', { name: /^Monter la règle/ })
  const rank = async () => Number(/(\d+)\./.exec((await row.getByRole('rowheader').textContent()) ?? '')?.[1])
  expect(await rank()).toBeGreaterThan(1)
  for (let at = await rank(); at > 1; at--) {
    await up.click()
    await expect.poll(rank).toBe(at - 1)
  }
  await tryOut(admin)
  await expect(verdict).toHaveText(`La règle « ${name} » le prend.`)
  await expect(admin.getByText('Équipe : Astreinte technique.')).toBeVisible()
  await tryOut(admin, '15')
  const skipped = admin.getByRole('listitem').filter({ hasText: name })
  await expect(skipped).toContainText('Ne le prend pas : autres numéros.')

  const reference = await report(await as('reporter'))
  const agent = await as('agent')
  await agent.goto(`/cases/${reference}`)
  await expect(agent.getByText('Astreinte technique').first()).toBeVisible()

  await admin.goto(ROUTING)
  await admin.getByRole('link', { name }).click()
  await admin.getByRole('button', { name: 'Supprimer la règle' }).click()
  await expect(admin.getByText('Règle supprimée.')).toBeVisible()
  await expect(admin.getByRole('link', { name })).toHaveCount(0)
})

/** The SAMU of Nord, about the same number; gives the number of the case. */
async function report(page: Page): Promise<string> {
  await page.goto('/cases/new')
  await page.locator('summary', { hasText: 'Autres numéros' }).click()
  await page.getByLabel(/^116117/).check()
  await page.getByRole('radio', { name: /Silence, l’appel ne part pas/ }).check()
  await page.getByRole('radio', { name: 'Il y a 15 min' }).check()
  await page.getByRole('button', { name: 'Envoyer maintenant, compléter ensuite' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

async function tryOut(page: Page, number = '116117') {
  await page.goto(ROUTING)
  await page.getByRole('combobox', { name: 'Commune ou département' }).fill('Nord')
  await page.keyboard.press('Escape')
  await page
    .getByRole('group', { name: 'Numéros touchés' })
    .getByLabel(new RegExp(`^${number}`))
    .check()
  await page.getByRole('button', { name: 'Essayer' }).click()
}
