import { DEMO_ACCOUNTS } from '#app/_demo/accounts.ts'
import { IDLE_S } from '#scripts/start/idle.ts'
import { expect, signIn, test } from './fixtures.ts'

test('le service se dit en bonne santé', async ({ request }) => {
  const answer = await request.get('/api/health')
  expect(answer.status()).toBe(200)
  expect(await answer.json()).toMatchObject({ status: 'ok', database: 'ok', worker: 'ok' })
})

test('une connexion sans demande est gardée plus longtemps que par un relais placé devant', async ({
  baseURL,
}) => {
  const answer = await fetch(`${baseURL}/api/health`)
  expect(answer.headers.get('keep-alive')).toBe(`timeout=${IDLE_S}`)
})

for (const { role } of DEMO_ACCOUNTS) {
  test(`le compte de démonstration « ${role} » se connecte`, async ({ page }) => {
    await signIn(page, role)
    expect(new URL(page.url()).pathname).not.toBe('/sign-in')
    await expect(page.locator('h1')).toBeVisible()
  })
}
