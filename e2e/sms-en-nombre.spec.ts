import type { Page } from '@playwright/test'
import type { DemoRole } from '#app/_demo/accounts.ts'
import { freePort } from '#db/embedded.ts'
import { bringing, isThere } from '#scripts/testing/parts.ts'
import { Smsc } from '#scripts/testing/smsc.ts'
import { validerConsigne } from './consigne.ts'
import { expect, flawless, test } from './fixtures.ts'
import { SLOW, slowDown } from './ligne-lente.ts'

test.use({ locale: 'fr-FR' })

/** LONG_SMS=1 joue cinq mille destinataires, plusieurs minutes : les mêmes vagues en portent moins. */
const TOUS = process.env.LONG_SMS ? 5_000 : 200
const MORTS_EN_TOUT = TOUS / 20
/** Un numéro sur vingt est mort : le centre n'y remet jamais rien. Aucun pilote n'en est. */
const MORTS = '(00|20|40|60|80)$'
const RESEAUX = ['Mobile Témoin', 'Réseau Modèle']

const deux = (n: number) => String(n).padStart(2, '0')
const pilotes = RESEAUX.flatMap((reseau, n) =>
  Array.from({ length: 10 }, (_, at) => `06 39 98 8${n} ${deux(at + 1)} ; ${reseau} ; Porteur ${at}`),
)
/** Numéros de fiction (Arcep) : 06 39 98 et quatre chiffres. */
const liste = Array.from({ length: TOUS }, (_, n) => `063998${String(n).padStart(4, '0')}`)

test(`Un SMS en nombre vers ${TOUS} par un centre de messages, un sur vingt mort : pilotes, vagues, accusés, personne deux fois ; arrêté à la main ; arrêté de lui-même`, async ({
  as,
}) => {
  test.skip(!isThere('smsc'), `no message centre to send to: ${bringing('smsc')}`)
  if (process.env.LONG_SMS) test.setTimeout(900_000)
  const salle = await as('lead')
  await salle.goto('/broadcasts/pilots')
  await salle.getByLabel('Téléphones pilotes').fill(pilotes.join('\n'))
  await salle.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(salle.getByText('20 téléphones pilotes enregistrés')).toBeVisible()
  const numero = await validerConsigne(as, salle, { failing: '119', todo: 'Composez le 112' })
  await salle.getByRole('button', { name: 'Mettre en vigueur' }).click()
  await expect(salle.getByText('En vigueur').first()).toBeVisible()

  const admin = await as('admin')
  const centre = await new Smsc(await freePort(), { dead: MORTS }).start()
  await brancher(admin, String(centre.port))
  try {
    const tous = pilotes.length + TOUS
    const autres = ['+33639980001', '01 99 00 12 34', '+32 470 12 34 56']
    const page = await preparer(as, salle, numero, [...liste, ...autres])
    for (const ecarte of ['1 doublon', '1 ligne fixe', '1 numéro étranger'])
      await expect(page.getByText(ecarte)).toBeVisible()
    await flawless(page)
    const parti = performance.now()
    await lancer(page, tous)
    await expect(page.getByText('Terminé', { exact: true })).toBeVisible({ timeout: TOUS * 120 })
    const duree = Math.round((performance.now() - parti) / 1000)
    console.log(`${tous} SMS in ${duree} s`)
    const [pour1, pour10] = [Math.ceil(TOUS / 100), Math.ceil(TOUS / 10)]
    const vagues = await avancement(page)
    expect(vagues.map(([nom, combien, partis, , , reste]) => [nom, combien, partis, reste])).toEqual([
      ['Pilotes', 20, 20, 0],
      ['Un pour cent', pour1, pour1, 0],
      ['Dix pour cent', pour10 - pour1, pour10 - pour1, 0],
      ['Tous', TOUS - pour10, TOUS - pour10, 0],
    ])
    const somme = (rang: 3 | 4) => vagues.reduce((jusque, vague) => jusque + Number(vague[rang]), 0)
    expect([somme(3), somme(4)]).toEqual([tous - MORTS_EN_TOUT, MORTS_EN_TOUT])
    await expect(page.getByRole('heading', { name: `${MORTS_EN_TOUT} numéros à appeler` })).toBeVisible()
    await centre.until(() => ecritsPar(centre).length >= tous)
    const premiers = ecritsPar(centre)
    expect([premiers.length, new Set(premiers).size]).toEqual([tous, tous])
    await flawless(page)

    // A network that takes some twenty a second: there is time to press. The dead of the first message are known.
    await centre.kill()
    centre.how = { dead: MORTS, throttle: 20 }
    await centre.start()
    const lente = await preparer(as, salle, numero, liste)
    await expect(lente.getByText(`${MORTS_EN_TOUT} numéros morts`)).toBeVisible()
    await lancer(lente, tous - MORTS_EN_TOUT)
    await expect.poll(async () => (await avancement(lente))[2]?.[2]).toBeGreaterThan(0)
    const arrete = performance.now()
    await lente.getByRole('button', { name: 'Arrêter' }).click()
    await expect(lente.getByText('Envoi arrêté')).toBeVisible()
    // What was on its way is written down; of all the rest nothing leaves any more, and the next message shows it.
    const ecritsDepuis = () => ecritsPar(centre).slice(premiers.length)
    const manque = async () => {
      await lente.reload()
      return ecritsDepuis().length - envoyes(await avancement(lente))
    }
    await expect.poll(manque).toBe(0)
    const partis = ecritsDepuis()
    expect(new Set(partis).size).toBe(partis.length)
    expect(partis.length).toBeLessThan(tous - MORTS_EN_TOUT)
    const dernier = Math.max(0, Math.round((centre.submits.at(-1)?.at ?? 0) - arrete))

    // One that delivers nothing: its pilots are enough.
    await centre.kill()
    centre.how = { stat: 'UNDELIV' }
    await centre.start()
    const sourde = await preparer(as, salle, numero, liste)
    await sourde.getByRole('button', { name: /^Lancer vers/ }).click()
    await expect(sourde.getByText('Arrêté de lui-même : plus d’un échec sur dix.')).toBeVisible()
    expect(
      ecritsPar(centre)
        .slice(premiers.length + partis.length)
        .sort(),
    ).toEqual(pilotes.map(appelable).sort())
    await flawless(sourde)
    console.log(`stopped: the last one left ${dernier} ms after the press`)
  } finally {
    await brancher(admin, '')
    await centre.kill()
  }
})

const appelable = (ligne: string) => `33${ligne.split(';')[0]?.replace(/\D/g, '').slice(1)}`
const nombre = (texte: string) => Number(texte.replace(/\D/g, ''))

/** À qui le centre a pris un message, dans l'ordre ; le reste de la démonstration écrit à d'autres. */
function ecritsPar(centre: Smsc): string[] {
  const ceux = new Set([...liste, ...pilotes].map(appelable))
  return centre.submits.map(({ to }) => to).filter((to) => ceux.has(to))
}

/** Vague par vague : destinataires, envoyés, reçus, échecs, à envoyer. */
async function avancement(page: Page): Promise<[string, ...number[]][]> {
  const rows = await page.getByRole('region', { name: 'Avancement' }).locator('tbody tr').all()
  return Promise.all(
    rows.map(async (row) => {
      const [nom = '', ...figures] = await row.locator('th, td').allInnerTexts()
      return [nom.trim(), ...figures.map(nombre)] as [string, ...number[]]
    }),
  )
}

function envoyes(vagues: [string, ...number[]][]): number {
  return vagues.reduce((tous, vague) => tous + Number(vague[2]), 0)
}

/** Le canal SMS vers ce port d'ici ; rien l'arrête. */
async function brancher(admin: Page, port: string): Promise<void> {
  await admin.goto('/admin/messaging')
  const form = admin.locator('form', { has: admin.locator('[name="settings.smpp.host"]') })
  await admin.locator('details', { has: form }).evaluate((part) => part.setAttribute('open', ''))
  const cases = {
    ...{ sender: port && '38000', receiptS: port && '300' },
    ...{ 'smpp.host': port && '127.0.0.1', 'smpp.port': port },
    ...{ 'smpp.systemId': port && 'permanence', 'smpp.window': port && '50' },
  }
  for (const [name, value] of Object.entries(cases))
    await form.locator(`[name="settings.${name}"]`).fill(value)
  await form.getByLabel('Pourquoi ce changement').fill('Centre de messages')
  await form.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(admin.getByText(port ? 'Canal enregistré' : 'Canal arrêté')).toBeVisible()
}

/** La salle prépare ; rend la page du même message chez l'astreinte, qui le lit. */
async function preparer(
  as: (role: DemoRole) => Promise<Page>,
  salle: Page,
  numero: string,
  lignes: string[],
): Promise<Page> {
  await salle.goto('/broadcasts/new')
  await salle.getByLabel(numero).check()
  await salle.getByLabel('Ou un fichier').setInputFiles({
    name: 'maires.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['téléphone', ...lignes].join('\r\n'), 'latin1'),
  })
  await salle.getByLabel('Pourquoi ces destinataires').fill('Maires du Nord')
  await salle.getByRole('button', { name: 'Voir avant d’envoyer' }).click()
  await expect(salle.getByText('Une liste importée ne sert que si').first()).toBeVisible()
  await salle.getByLabel('Les personnes de cette liste ont accepté').check()
  await salle.getByRole('button', { name: 'Voir avant d’envoyer' }).click()
  await salle.waitForURL(/\/broadcasts\/\d+$/)
  await expect(salle.getByText('Préparé par vous')).toBeVisible()
  const astreinte = await as('director')
  await astreinte.goto(new URL(salle.url()).pathname)
  return astreinte
}

/** La seconde personne lance ; les pilotes ont lu le bon texte. */
async function lancer(page: Page, vers: number): Promise<void> {
  const combien = new RegExp(
    `^Lancer vers ${vers.toLocaleString('fr-FR').replace(/\s/g, '\\s')} destinataires`,
  )
  await page.getByRole('button', { name: combien }).click()
  // What has come is shown on a line slower than the page reads itself again, too.
  const backToNormal = await slowDown(page, { ...SLOW, latency: 1_500 })
  const bon = page.getByRole('button', { name: 'Le texte est bon' })
  // Once the pilots have it: as long as a busy machine takes.
  await bon.waitFor({ timeout: 120_000 })
  await backToNormal()
  await bon.click()
}
