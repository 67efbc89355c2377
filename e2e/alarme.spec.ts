import { expect, onlyWord, report, test } from './fixtures.ts'
import { cloche, ecouter, entendreTout } from './oreille.ts'

test('Un N3 sonne dans la salle ; une touche l’éteint pour tous, sans répondre au dossier', async ({
  as,
}) => {
  const [samu, agent, chef] = [await as('reporter'), await as('agent'), await as('lead')]
  const oreille = await ecouter(agent)
  await agent.goto('/incidents')
  await chef.goto('/cell')
  await entendreTout(agent)
  await expect(cloche(chef)).not.toHaveAttribute('data-bell', 'alarm')

  const numero = await report(samu, { number: ['15', '18'], words: onlyWord() })
  await expect.poll(oreille.sons).toContain('grave')
  await expect.poll(oreille.sons).toContain('740 Hz')
  await expect(agent).toHaveTitle(/^\(1\) ! /)
  await expect(agent.getByRole('status').filter({ hasText: numero })).toContainText('Nouveau dossier N3')
  await expect(agent.locator('link[rel~=icon]').first()).toHaveAttribute('href', /^data:image/)
  await expect(cloche(chef)).toHaveAttribute('data-bell', 'alarm')

  // One sound, whatever page is opened next: a minute passes before it comes again.
  await agent.goto('/cases')
  await expect(cloche(agent)).toHaveAttribute('data-bell', 'alarm')
  expect(await oreille.sons()).toEqual([])

  await chef.keyboard.press('!')
  await expect(cloche(agent)).not.toHaveAttribute('data-bell', 'alarm')
  await expect(agent).not.toHaveTitle(/!/)
  await agent.goto(`/cases/${numero}`)
  await expect(agent.getByRole('button', { name: 'Prendre en compte' })).toBeVisible()
})

test('Prendre le dossier en compte éteint aussi son alarme', async ({ as }) => {
  const [samu, agent] = [await as('reporter'), await as('agent')]
  await agent.goto('/incidents')
  await entendreTout(agent)
  const numero = await report(samu, { number: ['15', '18'], words: onlyWord() })
  await expect(cloche(agent)).toHaveAttribute('data-bell', 'alarm')
  await agent.goto(`/cases/${numero}`)
  await agent.getByRole('button', { name: 'Prendre en compte' }).click()
  await expect(cloche(agent)).not.toHaveAttribute('data-bell', 'alarm')
})

test('Un navigateur qui tarde à laisser sonner : la cloche le dit, puis se rétablit d’elle-même', async ({
  as,
}) => {
  const agent = await as('agent')
  await agent.addInitScript(() => {
    let late = true
    const made: AudioContext[] = []
    class Late extends AudioContext {
      constructor() {
        super()
        made.push(this)
      }
      override get state() {
        return late ? 'suspended' : super.state
      }
    }
    const laisser = () => {
      late = false
      for (const one of made) one.dispatchEvent(new Event('statechange'))
    }
    Object.assign(window, { AudioContext: Late, laisser })
  })
  await agent.goto('/incidents')
  await agent.locator('h1').first().click()
  await expect(cloche(agent)).toContainText('Son coupé')
  await agent.evaluate(() => (window as unknown as { laisser: () => void }).laisser())
  await expect(cloche(agent)).not.toContainText('Son coupé')
})

test('Les trois sons s’essaient ; un son coupé se voit', async ({ as }) => {
  const agent = await as('agent')
  const oreille = await ecouter(agent)
  await agent.goto('/incidents')
  await entendreTout(agent)
  await cloche(agent).click()
  await agent.getByRole('button', { name: 'Essayer les trois sons' }).click()
  await expect.poll(oreille.sons).toEqual(expect.arrayContaining(['880 Hz', '740 Hz', '520 Hz']))
  await agent.getByRole('button', { name: 'Couper le son' }).click()
  await expect(cloche(agent)).toHaveAttribute('data-bell', 'off')
  await agent.reload()
  await expect(cloche(agent)).toContainText('Son coupé')
  await cloche(agent).click()
  await agent.getByRole('button', { name: 'Remettre le son' }).click()
  await expect(cloche(agent)).toHaveAttribute('data-bell', 'calm')
})
