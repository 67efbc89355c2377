import type { Page } from '@playwright/test'
import { champ, envoyer, etat, ouvrir, prendreEnCompte } from './dossier.ts'
import { expect, flawless, LEVEL_2_AT_ANY_HOUR, onlyWord, report, test } from './fixtures.ts'

test('Un dossier rattaché : jamais à un dossier clos ; les mots passent dans les deux sens, chacun confirme pour lui', async ({
  as,
}) => {
  const [samu, prefecture, agent] = [await as('reporter'), await as('authority'), await as('agent')]
  const symptom = LEVEL_2_AT_ANY_HOUR
  const [principal, autre] = [await report(samu, { symptom }), await report(prefecture, { symptom })]
  await prendreEnCompte(agent, autre)
  await prendreEnCompte(agent, principal)
  await retablir(agent, principal)
  await confirmer(samu, principal)
  await expect(etat(agent)).toContainText('Confirmé')
  await ouvrir(agent, principal, 'close')
  await champ(agent, 'Message au déclarant').fill('Clos')
  await agent.locator('#act').getByLabel('Cause').selectOption({ index: 1 })
  await envoyer(agent, 'Clore')
  await expect(etat(agent)).toContainText('Clos')

  // Closed, it has no hour to promise: refused with what to do, and once re-opened taken.
  const rattacher = async () => {
    await ouvrir(agent, autre, 'attach_duplicate')
    await agent.getByLabel('Numéro du dossier principal').fill(principal)
    await champ(agent, 'Motif').fill('Même lien, même heure')
    await envoyer(agent, 'Rattacher comme doublon')
  }
  await rattacher()
  await expect(agent.locator('#act')).toContainText('Ce dossier est terminé : rouvrez-le d’abord')
  await expect(etat(agent)).toContainText('Pris en compte')
  await ouvrir(agent, principal, 'reopen')
  await champ(agent, 'Motif').fill('La préfecture voit la même panne')
  await envoyer(agent, 'Rouvrir')
  await expect(etat(agent)).not.toContainText('Clos')
  await rattacher()
  await expect(etat(agent)).toContainText('Doublon')

  // What its reporter says is read on the main, by whoever works that one, without reloading.
  await agent.goto(`/cases/${principal}`)
  await expect(agent.locator('main [data-live=live]')).toBeVisible()
  const [mots, nouvelles] = [
    `le 112 aussi, deux victimes attendues ${onlyWord()}`,
    `Un lien est coupé ${onlyWord()}`,
  ]
  await prefecture.goto(`/my/${autre}?do=answer#answer`)
  await prefecture.locator('#answer').getByLabel('Votre message').fill(mots)
  await prefecture.locator('#answer').getByRole('button', { name: 'Envoyer' }).click()
  await expect(prefecture.getByText('Votre réponse est transmise à la cellule.')).toBeVisible()
  await expect(agent.locator('li[data-kind]', { hasText: mots })).toContainText(
    `Dossier rattaché ${autre} : son déclarant répond`,
  )

  // What the cell says on the main is read by the other reporter, who asks nobody.
  await expect(prefecture.locator('main [data-live=live]')).toBeVisible()
  await ouvrir(agent, principal, 'update')
  await champ(agent, 'Message au déclarant').fill(nouvelles)
  await envoyer(agent, 'Informer le déclarant')
  await expect(prefecture.getByRole('article').getByText(nouvelles)).toBeVisible()
  await flawless(prefecture)

  // Restored and confirmed on the main by its own reporter: the other is asked for himself, and is not closed with it.
  await retablir(agent, principal)
  await expect(prefecture.getByRole('main')).toContainText('rétabli selon l’opérateur')
  await confirmer(samu, principal)
  await expect(etat(agent)).toContainText('Confirmé')
  await ouvrir(agent, principal, 'close')
  await agent.locator('#act').getByLabel('Cause').selectOption({ index: 1 })
  await envoyer(agent, 'Clore')
  await expect(etat(agent)).toContainText('Clos')
  await agent.goto(`/cases/${autre}`)
  await expect(etat(agent)).toContainText('Rétabli')
  await confirmer(prefecture, autre)
  await expect(etat(agent)).toContainText('Confirmé')
})

async function retablir(page: Page, numero: string) {
  await ouvrir(page, numero, 'restore')
  await champ(page, 'Message au déclarant').fill('Le lien est réparé')
  await envoyer(page, 'Rétabli (opérateur)')
  await expect(etat(page)).toContainText('Rétabli')
}

async function confirmer(page: Page, numero: string) {
  await page.goto(`/my/${numero}?do=confirm#confirm`)
  const form = page.locator('#confirm')
  await form.getByLabel('Passés').first().fill('10')
  await form.getByLabel('Essayés').first().fill('10')
  await form.getByRole('button', { name: 'Je confirme le rétablissement' }).click()
}
