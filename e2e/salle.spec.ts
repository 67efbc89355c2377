import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openOwnService, type Sender } from '#scripts/testing/own-service.ts'
import { expect, flawless, onlyWord, report, test } from './fixtures.ts'
import { retenir } from './immobile.ts'
import { ecouter, entendreTout } from './oreille.ts'
import { OUT_OF_EVERY_WINDOW_MS, reportByMachine } from './signaler.ts'

const AUTORITES = 22
const ESSENTIEL = 'Le 15 et le 112 ne passent plus dans huit départements.'
const TELEPHONE = { width: 360, height: 740 }

const ligne = (page: Page, territoire: string) => page.locator(`tr[data-territory="${territoire}"]`)
const cellule = (page: Page, { territory, numbers: [number] }: Sender) =>
  ligne(page, territory).locator(`td[data-number="${number}"]`)

test('La vague de huit départements : chaque signalement dans sa ligne, rien ne bouge, l’alarme sonne, la salle décide', async ({
  as,
}) => {
  test.setTimeout(420_000)
  const montre = join(tmpdir(), `permanence-wave-${process.pid}`)
  writeFileSync(montre, String(OUT_OF_EVERY_WINDOW_MS))
  const service = await openOwnService(() => {}, { PERMANENCE_CLOCK_FILE: montre })
  try {
    const baseURL = service.base
    const huit = await unParRegion(service)
    const [agent, chef] = [await as('agent', { baseURL }), await as('lead', { baseURL })]
    const oreille = await ecouter(agent)
    await agent.goto('/cell')
    await expect(agent.locator('main [data-live=live]')).toBeVisible()
    await entendreTout(agent)
    await chef.goto('/cases')
    await expect(chef.locator('main [data-live=live]')).toBeVisible()
    // What stands under the strip, whatever the strip says.
    const premiereLigne = async () => (await chef.locator('main').boundingBox())?.y
    const avant = await premiereLigne()

    // The hand rests on a free line of the grid while everything arrives.
    const libre = agent.locator('tr[data-free]').first()
    await libre.hover()
    const places = await retenir(agent)
    for (const sender of huit) {
      const depart = performance.now()
      await reportByMachine(service.base, sender)
      await expect(cellule(agent, sender)).toContainText(/N[234] \d+ dossiers?/)
      const ms = Math.round(performance.now() - depart)
      test.info().annotations.push({ type: 'délai', description: `${sender.territory} : ${ms} ms` })
      console.log(
        `  ${sender.territory} ${sender.numbers.join(' ')}: in its row after ${ms} ms, sending included`,
      )
    }
    expect(await places.bouge()).toEqual([])
    await expect(agent.locator('[data-fresh]')).toContainText(/^[1-8] nouveaux?\s: remettre en ordre/)

    // Heard by the room, and asked of it: the strip and the band say so on lines of one height.
    await expect.poll(oreille.sons).toContain('decision')
    await expect.poll(oreille.sons).toContain('880 Hz')
    const bande = agent.locator('[data-decision=decision]')
    await expect(bande).toContainText('Déclencher la cellule de crise ?')
    await expect(bande).toContainText(/Sans réponse\s: déclenchée|Le silence ne la déclenche pas/)
    expect(await places.bouge()).toEqual([])
    await expect(chef.locator('[data-strip]')).toContainText('Cellule de crise proposée')
    expect(await premiereLigne()).toEqual(avant)

    // Only who asks has the order made anew: then the newcomers stand among the others, the worst first.
    await agent.keyboard.press('n')
    await expect(agent.locator('[data-fresh]')).toHaveAttribute('data-fresh', '0')
    await expect(agent.locator('[data-fresh]')).toContainText('Remettre en ordre')
    await flawless(agent)

    // The lead decides from the band; the agent sees it, nothing moves.
    const apres = await retenir(agent)
    await chef.goto('/cell')
    await chef.locator('[data-decision] details[data-drop] > summary').click()
    await chef
      .locator('[data-decision]')
      .getByRole('button', { name: 'Accepter : activer la cellule de crise' })
      .click()
    await expect(agent.locator('[data-strip][data-crisis=active]')).toContainText('CELLULE DE CRISE ACTIVE')
    expect(await apres.bouge()).toEqual([])

    // Twenty-two authorities are told; ten minutes later nobody has acknowledged: a call each, with its own number and the words.
    await chef.goto('/sitreps')
    await chef
      .getByRole('button', { name: /Informer les autorités/ })
      .first()
      .click()
    await chef.getByLabel('L’essentiel en une phrase').fill(ESSENTIEL)
    // All those of the eight départements are proposed.
    const cochees = chef.locator('input[name="organisationIds[]"]:checked')
    while ((await cochees.count()) > AUTORITES) await cochees.last().uncheck()
    await expect(cochees).toHaveCount(AUTORITES)
    await chef.getByRole('button', { name: 'Vérifier avant de diffuser' }).click()
    await chef.getByRole('button', { name: /^Diffuser/ }).click()
    await expect(chef.getByText('Destinataires et accusés de réception')).toBeVisible()
    writeFileSync(montre, String(OUT_OF_EVERY_WINDOW_MS + 11 * 60_000))
    await agent.goto('/cases')
    const appels = agent.locator('summary', { hasText: `${AUTORITES} appels à passer` })
    await expect(appels).toBeVisible()
    await expect(agent.locator('[data-strip]')).toContainText(`${AUTORITES} appels à passer`)
    const rangee = await agent.locator('tr[data-case]').first().boundingBox()
    await appels.click()
    const taches = agent.locator('[data-call-task]')
    await expect(taches).toHaveCount(AUTORITES)
    const numeros = await taches.evaluateAll((all) =>
      all.map((one) => one.querySelector('a[href^="tel:"]')?.getAttribute('href')),
    )
    expect(new Set(numeros).size, numeros.join(' ')).toBe(AUTORITES)
    for (const tache of await taches.all()) await expect(tache).toContainText(ESSENTIEL)
    // Laid over the rows: none of them moves.
    expect(await agent.locator('tr[data-case]').first().boundingBox()).toEqual(rangee)
    await flawless(agent)

    // A person whom no message reached is one call more: named, with a number to press, done by one press.
    const nom = await injoignable(service.owner)
    await agent.goto('/cell')
    await expect(agent.locator('[data-strip]')).toContainText(`${AUTORITES + 1} appels à passer`)
    const sien = agent.locator('[data-call-task]').filter({ hasText: nom })
    await expect(sien.locator('a[href^="tel:"]').first()).toBeVisible()
    await expect(sien).toContainText(`Un message pour ${nom} n’est pas arrivé`)
    await flawless(agent)
    await sien.getByRole('button', { name: 'Joint', exact: true }).first().click()
    await expect(agent.locator('[data-call-task]')).toHaveCount(AUTORITES)
    await expect(agent.locator('[data-strip]')).toContainText(`${AUTORITES} appels à passer`)
  } finally {
    await service.close()
    rmSync(montre, { force: true })
  }
})

/** The director, as the sending leaves him when his last way has failed. */
async function injoignable(owner: Awaited<ReturnType<typeof openOwnService>>['owner']): Promise<string> {
  const [message] = await owner<
    { name: string }[]
  >`with person as (select id, name from account where role = 'director' order by id limit 1),
      message as (insert into outbox (to_type, to_id, account_id, channel, kind, data, dedupe_key, pressing, state, created_at)
        select 'account', id, id, 'mail', 'crisis_activated', '{"by": "x"}', 'unreached', true, 'failed', now() from person returning id)
    insert into journal (chain, seq, at, actor_name, actor_side, event, visibility, data, prev_hash, hash)
      select 'cell', 0, now(), 'messages', 'machine', 'cell.unreached', 'internal',
        jsonb_build_object('who', 'account:' || person.id, 'name', person.name, 'messageId', message.id), '', '' from person, message
      returning data ->> 'name' as name`
  return message?.name ?? ''
}

/** Eight who report, each of another region: the wave of 17 January 2023 touched far more. */
async function unParRegion(service: Awaited<ReturnType<typeof openOwnService>>): Promise<Sender[]> {
  const regions = new Map(
    (
      await service.owner<
        { code: string; region: string }[]
      >`select code, region_code as region from territory
      where kind = 'departement' and region_code is not null and zone_code not in ('Z-ANTILLES', 'Z-GUYANE')`
    ).map(({ code, region }) => [code, region]),
  )
  const found = new Map<string, Sender>()
  for (const sender of await service.senders()) {
    const region = regions.get(sender.territory)
    if (region && sender.territory !== '59' && !found.has(region)) found.set(region, sender)
  }
  const eight = [...found.values()].slice(0, 8)
  expect(eight).toHaveLength(8)
  return eight
}

test('Le premier écran à deux : ce que l’un fait change la case de l’autre, à sa place', async ({ as }) => {
  const [samu, agent, chef] = [await as('reporter'), await as('agent'), await as('lead')]
  await agent.goto('/cell')
  await chef.goto('/cell')
  for (const page of [agent, chef]) await expect(page.locator('main [data-live=live]')).toBeVisible()
  const places = await retenir(chef)
  const sansPersonne = async (page: Page) =>
    Number(
      /\d+/.exec((await page.locator('[data-todo-group=unheld] h3 > span').textContent()) ?? '')?.[0] ?? 0,
    )
  const sans = await sansPersonne(chef)
  const numero = await report(samu, { number: ['15', '18'], words: onlyWord() })
  // Others of the same place may have been grave before: the new one is there when it is counted.
  await expect.poll(() => sansPersonne(chef)).toBeGreaterThan(sans)
  for (const page of [agent, chef])
    for (const number of ['15', '18'])
      await expect(ligne(page, '59').locator(`td[data-number="${number}"]`)).toContainText(/N[34]/)
  const avant = await sansPersonne(chef)
  await agent.goto(`/cases/${numero}`)
  await agent.getByRole('button', { name: 'Prendre en compte' }).click()
  await expect(agent.getByText('Pris en compte', { exact: true }).first()).toBeVisible()
  await agent.getByRole('button', { name: 'M’en charger' }).click()
  await expect.poll(() => sansPersonne(chef)).toBeLessThan(avant)
  expect(await places.bouge()).toEqual([])
  // A cell is the way to its cases.
  await ligne(chef, '59').locator('td[data-number="15"] a').click()
  await expect(chef).toHaveURL(/\/cases\?territory=59&number=15$/)
  await expect(chef.locator(`tr[data-case^="${numero}:"]`)).toBeVisible()
})

for (const locale of ['fr-FR', 'en-GB'])
  test(`Sur un téléphone : la décision, ce qui est à faire, puis la grille, qui défile seule (${locale})`, async ({
    as,
  }) => {
    const page = await as('lead', { viewport: TELEPHONE, locale })
    await page.goto('/cell')
    const haut = async (what: string) => (await page.locator(what).boundingBox())?.y ?? Number.NaN
    const [decision, todo, grille, image] = [
      await haut('[data-decision]'),
      await haut('[data-todo]'),
      await haut('[data-grid]'),
      await haut('[data-picture]'),
    ]
    expect([decision, todo, grille, image]).toEqual([decision, todo, grille, image].toSorted((a, b) => a - b))
    const { scrolls } = await page.locator('[data-grid]').evaluate((box) => ({
      scrolls: box.scrollWidth > box.clientWidth,
    }))
    expect(scrolls).toBe(true)
    await flawless(page)
  })

test('L’écran mural montre tout, se tient à jour, et ne se presse nulle part', async ({ as }) => {
  const [samu, mur] = [await as('reporter'), await as('wall', { viewport: { width: 1920, height: 1080 } })]
  await mur.goto('/')
  await mur.goto('/wall')
  await expect(mur.locator('[data-live=live]')).toBeVisible()
  const numero = await report(samu, { number: ['15', '18'], words: onlyWord() })
  await expect(ligne(mur, '59').locator('td[data-number="15"]')).toContainText(/N[34]/)
  expect(numero).toMatch(/^\d{4}-/)
  await expect(mur.locator('button, a, input, select, textarea, summary, form')).toHaveCount(0)
  const [taille, cote] = await mur.evaluate(() => [
    getComputedStyle(document.documentElement).fontSize,
    document.documentElement.scrollHeight - window.innerHeight,
  ])
  expect(taille).toBe('32px')
  expect(cote).toBeLessThanOrEqual(0)
  await flawless(mur)
  // By night too, in the colours of the night.
  await mur.emulateMedia({ colorScheme: 'dark' })
  await flawless(mur)

  const chef = await as('lead')
  await chef.goto('/cell')
  await chef.getByRole('link', { name: 'Écran mural' }).click()
  await expect(chef.locator('[data-wall]')).toBeVisible()
  await expect(chef.getByRole('button')).toHaveCount(0)
  const agent = await as('agent')
  expect((await agent.goto('/wall'))?.status()).toBe(404)
  expect((await samu.goto('/wall'))?.status()).toBe(404)
})
