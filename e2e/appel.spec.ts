import type { Page } from '@playwright/test'
import { expect, flawless, report, test } from './fixtures.ts'

const enDirect = (page: Page) => expect(page.locator('[data-live=live]')).toHaveCount(1)

/** What has the focus, as a person would name it. */
function attention(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.tagName ?? '')
}

test('T prend un appel depuis toute page : la recherche attend, le bon déclarant est le premier, ses dossiers se montrent', async ({
  as,
}) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  const numero = await report(samu)
  await agent.goto('/incidents')
  await enDirect(agent)
  await agent.keyboard.press('t')
  await agent.waitForURL(/channel=phone/)
  const cherche = agent.getByRole('combobox')
  await expect(cherche).toBeFocused()
  await flawless(agent)

  for (const [dit, trouve] of [
    ['préfecture du rhône', 'Préfecture du Rhône'],
    ['préfecture 69', 'Préfecture du Rhône'],
    ['le 15 du nord', 'SAMU 59'],
  ] as const) {
    await cherche.fill(dit)
    await expect(agent.getByRole('option').first()).toContainText(trouve)
  }
  // A letter typed in a field is a letter.
  await cherche.pressSequentially('t')
  await expect(cherche).toHaveValue('le 15 du nordt')
  await cherche.fill('le 15 du nord')
  await expect(agent.getByRole('option').first()).toContainText('SAMU 59')
  await agent.keyboard.press('ArrowDown')
  await agent.keyboard.press('Enter')
  const appelant = agent.getByRole('region', { name: 'Déclarant' })
  await expect(appelant).toBeFocused()
  await expect(appelant.getByRole('link', { name: new RegExp(numero) })).toBeVisible()
  await flawless(agent)
  // On the form the key does nothing: what is being taken down is not left by a slip.
  await agent.keyboard.press('t')
  await expect(appelant).toBeFocused()
  await appelant.getByRole('link', { name: new RegExp(numero) }).click()
  await expect(agent).toHaveURL(`/cases/${numero}`)
})

test('T se lit dans l’aide, et se coupe avec les autres touches', async ({ as }) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  await report(samu)
  await agent.goto('/cases')
  await expect(agent.locator('tbody tr').first()).toBeVisible()
  // A key pressed before the page's scripts are there is nobody's.
  await enDirect(agent)
  await agent.keyboard.press('?')
  const aide = agent.getByRole('dialog')
  await expect(aide).toContainText('Prendre un appel, depuis toute page')
  await aide.getByRole('button', { name: 'Couper les raccourcis d’une touche' }).click()
  await agent.keyboard.press('Escape')
  await agent.keyboard.press('t')
  await agent.getByRole('button', { name: /Raccourcis clavier/ }).click()
  await aide.getByRole('button', { name: 'Rétablir les raccourcis d’une touche' }).click()
  await agent.keyboard.press('Escape')
  await expect(agent, 'the key was off').toHaveURL('/cases')
  await agent.keyboard.press('t')
  await agent.waitForURL(/channel=phone/)
})

test('L’attention n’est jamais perdue : après une action, une relecture, un panneau refermé', async ({
  as,
}) => {
  const [samu, agent, autre] = [await as('reporter'), await as('agent'), await as('lead')]
  const numero = await report(samu)
  await agent.goto(`/cases/${numero}`)
  // Before its scripts a page is sent by the browser, and another one comes: attention begins at its top.
  await enDirect(agent)
  await agent.getByRole('button', { name: 'Prendre en compte' }).first().focus()
  await agent.keyboard.press('Enter')
  await expect(agent.getByRole('button', { name: 'Prendre en compte' })).toHaveCount(0)
  await expect.poll(() => attention(agent), 'after an action').not.toBe('BODY')

  // A form opened by its link, and closed by the link that then goes away.
  await agent.getByRole('link', { name: 'Affecter' }).click()
  await agent.getByRole('link', { name: 'Refermer' }).focus()
  await agent.keyboard.press('Enter')
  await expect(agent.getByRole('link', { name: 'Refermer' })).toHaveCount(0)
  await expect.poll(() => attention(agent), 'after a panel').not.toBe('BODY')

  // A colleague takes the row away on which one stands.
  const suivant = await report(samu)
  await agent.goto('/cases?state=received')
  await enDirect(agent)
  const tenu = `/cases/${suivant}`
  await agent.locator(`main a[href="${tenu}"]`).first().focus()
  await autre.goto(tenu)
  await autre.getByRole('button', { name: 'Prendre en compte' }).first().click()
  await expect(agent.locator(`main a[href="${tenu}"]`)).toHaveCount(0)
  await expect.poll(() => attention(agent), 'after a reading').not.toBe('BODY')
})
