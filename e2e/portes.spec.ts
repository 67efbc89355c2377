import { request as connect } from 'node:http'
import type { Page } from '@playwright/test'
import { DEMO_ACCOUNTS } from '#app/_demo/accounts.ts'
import { expect, onlyWord, report, test } from './fixtures.ts'

/** What is written on the wire by somebody who uses no browser. */
function post(
  base: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = connect(new URL(path, base), { method: 'POST', headers }, async (answer) => {
      let text = ''
      for await (const chunk of answer) text += chunk
      resolve({ status: answer.statusCode ?? 0, text })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** A key to the machines' door, made by the administrator. */
async function cle(admin: Page): Promise<string> {
  await admin.goto('/admin/tokens')
  await admin.getByRole('combobox', { name: 'Compte' }).pressSequentially('SAMU 59')
  await admin.getByRole('option', { name: 'SAMU 59' }).first().click()
  await admin.getByLabel('Nom de la clé').fill(onlyWord())
  await admin.getByRole('button', { name: 'Faire la clé', exact: true }).click()
  return `Bearer ${(await admin.locator('output').textContent())?.trim()}`
}

const TYPE = 'multipart/form-data; boundary=x'
const champ = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

test('Quatre envois anonymes aux champs sans fin n’arrêtent pas le portail : il répond pendant et après', async ({
  page,
  baseURL,
  request,
}) => {
  const base = baseURL ?? ''
  await page.goto('/sign-in')
  const action = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('form input[type=hidden]')].map(({ name, value }) => [
      name,
      value,
    ]),
  )
  const cache = action
    .filter(([name]) => name?.startsWith('$ACTION'))
    .map(([name = '', value = '']) => champ(name, value))
  // small enough to be read: thirty fields of three thousand parts each
  const petit = `${cache.join('')}${champ(`a${'.a'.repeat(1_500)}`, 'x').repeat(30)}--x--\r\n`
  const grand = `${cache.join('')}${champ(`a${'.a'.repeat(3_000)}`, 'x').repeat(30)}--x--\r\n`
  const envois = [petit, petit, grand, grand].map((body) =>
    post(base, '/sign-in', { 'content-type': TYPE, origin: base }, body),
  )
  for (const { status } of await Promise.all(envois)) expect(status).toBeLessThan(500)
  expect((await request.get('/api/health')).status()).toBe(200)
  await page.goto('/sign-in')
  await expect(page.locator('input[name=email]')).toBeVisible()
})

test('Une adresse illisible a une réponse en mots, jamais une erreur du service', async ({ as, baseURL }) => {
  const page = await as('agent')
  const numero = await report(await as('reporter'), {})
  const adresses = [
    '/cases/%00',
    '/cases/%ff',
    '/my/%00',
    '/my/%FF',
    '/incidents/%00',
    '/sitreps/%ff',
    '/admin/organisations/%00',
    '/reviews/%00/journal',
    '/drills/%ff',
    `/cases/${numero}%00`,
    '/cases?q=%00',
    '/my?q=%ff',
    '/cases?q=%00%E2%80%AE',
    '/api/communes?q=%00',
    '/api/directory?q=a%00b',
    '/api/organisations?q=%ff',
    '/tmf-api/troubleTicket/v4/troubleTicket/%00',
    '/tmf-api/troubleTicket/v4/troubleTicket?externalId=%00',
    '/sign-in?next=%00',
    '/inbox?after=%00',
    '/admin/accounts?q=%00',
    '/admin/sites?number=%00',
    '/cases?level=9999999999999999999',
    '/drills/99999999999999999999',
    '/sitreps/99999999999999999999',
    '/admin/accounts/99999999999999999999',
    '/cases?after=%7B%22at%22%3A8640000000000001%7D',
    '/my?after=AAAA',
    '/cases/2026-000000-0%20%0A',
  ]
  for (const adresse of adresses) {
    const reponse = await page.request.get(`${baseURL}${adresse}`, { maxRedirects: 0 })
    expect(reponse.status(), adresse).toBeLessThan(500)
    expect(/Failed query|params:|syntax error at|invalid byte/.test(await reponse.text()), adresse).toBe(
      false,
    )
  }
})

test('Aucune erreur de la base ne sort par la connexion, et la seconde porte de connexion n’existe plus', async ({
  page,
  request,
  baseURL,
}) => {
  await page.goto('/sign-in')
  await page.locator('input[name=email]').evaluate((field: HTMLInputElement) => {
    field.type = 'text'
    field.value = 'a\u0000b@example.org'
  })
  await page.locator('input[name=passphrase]').fill('une phrase quelconque')
  await page.locator('form:has(input[name=passphrase]) button[type=submit]').click()
  await expect(page.getByRole('alert').or(page.locator('[aria-live]')).first()).toBeVisible()
  expect(page.url()).not.toMatch(/select|params|error=/i)
  for (const porte of [
    '/api/auth/callback/credentials',
    '/api/auth/signin',
    '/api/auth/signin/credentials',
    '/api/auth/error?error=select',
    '/api/auth/_log',
  ]) {
    const [agent] = DEMO_ACCOUNTS
    const reponse = await request.post(porte, {
      form: { email: agent?.email ?? '', passphrase: agent?.passphrase ?? '' },
      headers: { origin: baseURL ?? '' },
      maxRedirects: 0,
    })
    expect(reponse.status(), porte).toBe(404)
    expect(reponse.headers()['set-cookie'] ?? '', porte).not.toContain('session')
  }
})

test('Ce que l’on envoie aux machines est lu jusqu’à une limite, et refusé en mots', async ({
  as,
  request,
}) => {
  const authorization = await cle(await as('admin'))
  const api = '/tmf-api/troubleTicket/v4/troubleTicket'
  const envoi = (data: string, type = 'application/json', cle = authorization) =>
    request.post(api, { headers: { authorization: cle, 'content-type': type }, data: Buffer.from(data) })
  for (const [data, type, status] of [
    ['['.repeat(100_000), 'application/json', 400],
    ['{"description":', 'application/json', 400],
    ['{"__proto__":{"role":"admin"}}', 'application/json', 400],
    ['{}', 'text/plain', 415],
    [`"${'a'.repeat(300_000)}"`, 'application/json', 413],
    [
      '{"description":"a\\u0000b","severity":"Major","ticketType":"x","failingSince":"+275760-09-13T00:00:00Z"}',
      'application/json',
      400,
    ],
  ] as const) {
    const reponse = await envoi(data, type)
    expect(reponse.status(), data.slice(0, 60)).toBe(status)
    expect(((await reponse.json()) as { message: string }).message, data.slice(0, 60)).toMatch(/\p{L} \p{L}/u)
    expect(reponse.headers()['content-security-policy']).toContain("default-src 'none'")
    expect(reponse.headers()['x-content-type-options']).toBe('nosniff')
  }
  // who is asking comes first: nobody is told what is wrong with his body
  expect(
    (await envoi('['.repeat(100_000), 'application/json', 'Bearer nobody-at-all-nobody-at-all')).status(),
  ).toBe(401)
})

test('Un collage de plus de 4 000 signes n’est coupé nulle part : le compte est dit, et tout est rendu', async ({
  as,
  browser,
}) => {
  const [agent, numero] = [await as('agent'), await report(await as('reporter'), {})]
  const texte = `${'ligne collée '.repeat(400)}fin du collage`
  await agent.goto(`/cases/${numero}`)
  const note = agent.locator('#note-text')
  await note.fill(texte)
  await expect(note).toHaveValue(texte)
  await expect(
    agent.getByText(`${texte.length - 4_000}`.replace(/\B(?=(\d{3})+$)/g, '\u202f')).first(),
  ).toContainText('de trop')
  await agent.getByRole('button', { name: 'Note interne' }).last().click()
  await expect(agent.locator('form:has(#note-text)')).toContainText('Texte trop long')
  await expect(note).toHaveValue(texte)

  const sans = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR' })
  await sans.addCookies(await agent.context().cookies())
  const page = await sans.newPage()
  await page.goto(`/cases/${numero}`)
  await page.locator('#note-text').fill(texte)
  await page
    .locator('form:has(#note-text) button[type=submit], form:has(#note-text) button:not([type])')
    .first()
    .click()
  await expect(page.locator('form:has(#note-text)')).toContainText('Texte trop long')
  await expect(page.locator('#note-text')).toHaveValue(texte)
  await sans.close()
})

test('Une horloge en avance de quelques secondes ne refuse pas un signalement ; une faiblesse sait où s’écrire', async ({
  as,
  request,
}) => {
  const authorization = await cle(await as('admin'))
  const envoi = (ahead: number) =>
    request.post('/tmf-api/troubleTicket/v4/troubleTicket', {
      headers: { authorization },
      data: {
        ...{ description: 'Plus rien', severity: 'Major', ticketType: 'essai', symptom: 'NO_RING' },
        ...{ callbackPhone: '01 99 00 00 59', failingSince: new Date(Date.now() + ahead).toISOString() },
        relatedEntity: [
          { id: '15', role: 'emergencyNumber' },
          { id: '59', role: 'territory' },
        ],
      },
    })
  const fait = await envoi(30_000)
  expect(fait.status(), await fait.text()).toBe(201)
  const { failingSince, creationDate } = (await fait.json()) as Record<string, string>
  expect(Date.parse(failingSince ?? '')).toBe(Date.parse(creationDate ?? ''))
  expect((await envoi(3_600_000)).status()).toBe(400)
  expect((await envoi(365 * 100 * 86_400_000)).status()).toBe(400)

  const texte = await request.get('/.well-known/security.txt')
  expect(await texte.text()).toMatch(/^Contact: tel:\d+\nExpires: \d{4}-/)
})
