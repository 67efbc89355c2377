import { describe, expect, it } from 'vitest'
import { filesOf, htmlOf, type PublicItem, type PublicView, rssOf } from './document.ts'

const item = (over: Partial<PublicItem> = {}): PublicItem => ({
  kind: 'instruction',
  territory: { code: '59', name: 'Nord' },
  text: 'Le 15 <ne répond pas> & "composez" le 112.',
  at: '2026-11-23T17:00:00Z',
  nextAt: '2026-11-23T19:00:00Z',
  updating: false,
  authority: 'Préfecture du Nord',
  ...over,
})
const view = (items: PublicItem[]): PublicView => ({
  operator: 'Réseau Modèle',
  at: '2026-11-23T17:05:00Z',
  items,
})

describe('the public page', () => {
  it('says the text, its hour, the next and who validated it, by territory; as text, never as markup', () => {
    const html = htmlOf(
      view([
        item(),
        item({ kind: 'all_clear', territory: { code: '974', name: 'La Réunion' }, nextAt: null }),
      ]),
    )
    expect(html).toContain('Le 15 &lt;ne répond pas&gt; &amp; "composez" le 112.')
    expect(html).toContain('lundi 23 novembre')
    expect(html).toMatch(/Valable jusqu’à <time[^>]*>lundi 23 novembre à 20:00/)
    expect(html.match(/<section /g)).toHaveLength(2)
    expect(html).toContain('Préfecture du Nord')
    expect(html).toContain('n’est pas une alerte FR-Alert')
  })

  it('whose next word has not come says so with the hour of the last, and no hour of a next', () => {
    const html = htmlOf(view([item({ kind: 'statement', nextAt: null, updating: true })]))
    expect(html).toMatch(
      /En cours de mise à jour. Dernière information : <time[^>]*>lundi 23 novembre à 18:00/,
    )
    expect(html).not.toContain('Prochain point')
  })

  it('works without scripts, and asks nothing of another host', () => {
    const html = htmlOf(view([item()]))
    expect(html).not.toMatch(/<script|<img|<iframe|@import|url\(|https?:\/\//)
  })

  it('is light: the hundred and nine territories in twenty kilobytes', () => {
    const text = 'Réseau Modèle : le 15 ne répond pas (partout). Composez le 112.'
    const all = Array.from({ length: 109 }, (_, n) =>
      item({ text, territory: { code: String(n), name: `T${n}` } }),
    )
    expect(Buffer.byteLength(htmlOf(view(all.slice(0, 40))))).toBeLessThan(20_000)
    // All at once it grows: then one text for the country says it.
    expect(Buffer.byteLength(htmlOf(view(all)))).toBeLessThan(60_000)
  })

  it('with nothing to say says so', () => {
    expect(htmlOf(view([]))).toContain('Aucune information n’est publiée')
  })

  it('leads to its feed and data from where it stands', () => {
    expect(htmlOf(view([]), 'status/')).toContain('href="status/rss.xml"')
    expect(htmlOf(view([]))).toContain('href="rss.xml"')
    expect(Object.keys(filesOf(view([]), 'https://x/status'))).toEqual([
      'index.html',
      'rss.xml',
      'status.json',
    ])
  })

  it('its feed has an item each, with an identity of its own', () => {
    const rss = rssOf(view([item(), item({ kind: 'statement' })]), 'https://x.example/status')
    expect(rss.match(/<item>/g)).toHaveLength(2)
    expect(new Set(rss.match(/<guid[^>]*>[^<]+/g)).size).toBe(2)
    expect(rss).toContain('<pubDate>Mon, 23 Nov 2026 17:00:00 GMT</pubDate>')
  })
})
