import { xmlText } from '#app/_doors/rules/xml.ts'

/** What the public page says, and nothing else: what an authority validated for the public of its territory. */
export type PublicItem = {
  kind: 'instruction' | 'statement' | 'all_clear'
  territory: { code: string; name: string }
  text: string
  at: string
  /** When the next word comes, or until when it holds. */
  nextAt: string | null
  /** That hour has passed, and no word has come. */
  updating: boolean
  authority: string
}
export type PublicView = { operator: string; at: string; items: readonly PublicItem[] }

/** An all clear is shown for so long, hours: who was told to dial otherwise reads it the next morning. [D] */
export const ALL_CLEAR_SHOWN_H = 24

/** `beside`: where its feed and data stand. Light, without script, the same on the portal and on any second host: French, as the authority validated it. */
export function htmlOf(view: PublicView, beside = ''): string {
  const places = byTerritory(view.items)
  const body =
    places.length === 0
      ? '<p>Aucune information n’est publiée pour l’instant.</p>'
      : places
          .map(
            ({ territory, items }) =>
              `<section id="t-${attribute(territory.code)}"><h2>${words(territory.name)}</h2>${items.map(article).join('')}</section>`,
          )
          .join('')
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Numéros d’urgence : information du public</title>
<link rel="alternate" type="application/rss+xml" href="${beside}rss.xml" title="RSS">
<style>${STYLE}</style></head>
<body><main><h1>Numéros d’urgence : information du public</h1>
<p>${words(view.operator)}. Situation à <time datetime="${attribute(view.at)}">${hour(view.at)}</time> (heure de Paris). Chaque texte a été validé par l’autorité nommée.</p>
${body}
<footer><p>Ceci n’est pas une alerte FR-Alert. <a href="${beside}rss.xml">RSS</a> · <a href="${beside}status.json">JSON</a></p></footer></main></body></html>
`
}

const STYLE =
  'body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff}main{max-width:44rem;margin:0 auto;padding:1rem}h1{font-size:1.6rem}h2{font-size:1.3rem;margin-top:2rem}article{border-left:.3rem solid #00539f;padding-left:.8rem;margin:1rem 0}article p{margin:.2rem 0}.h{color:#444}footer{margin-top:3rem;border-top:1px solid #767676}a{color:#00539f}@media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#161616}.h{color:#ccc}a{color:#9cc4ff}article{border-color:#9cc4ff}}'

const TITLES: Record<PublicItem['kind'], string> = {
  instruction: 'Consigne',
  statement: 'Information',
  all_clear: 'Fin d’alerte',
}

function article(one: PublicItem): string {
  const next = one.nextAt
    ? ` ${one.kind === 'instruction' ? 'Valable jusqu’à' : 'Prochain point à'} ${time(one.nextAt)}.`
    : ''
  const at = `${one.updating ? 'En cours de mise à jour. Dernière information : ' : ''}${time(one.at)}`
  return `<article><h3>${TITLES[one.kind]}</h3><p>${words(one.text)}</p><p class="h">${at}. ${words(one.authority)}.${next}</p></article>`
}

/** RSS 2.0: an item each, its identity its territory, kind and hour. */
export function rssOf(view: PublicView, address: string): string {
  const items = view.items.map(
    (
      one,
    ) => `<item><title>${xmlText(`${one.territory.name} : ${TITLES[one.kind]}`)}</title><description>${xmlText(one.text)}</description>
<link>${xmlText(`${address}#t-${one.territory.code}`)}</link><guid isPermaLink="false">${xmlText([one.territory.code, one.kind, one.at].join('-'))}</guid><pubDate>${new Date(one.at).toUTCString()}</pubDate></item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Numéros d’urgence : information du public</title><link>${xmlText(address)}</link>
<description>${xmlText(view.operator)}</description><language>fr-FR</language><lastBuildDate>${new Date(view.at).toUTCString()}</lastBuildDate>
${items.join('\n')}
</channel></rss>
`
}

export function jsonOf(view: PublicView): string {
  return `${JSON.stringify({ version: 1, notAnAlert: true, ...view })}\n`
}

/** The files that a second host serves, by name. */
export function filesOf(view: PublicView, address: string): Record<string, string> {
  return { 'index.html': htmlOf(view), 'rss.xml': rssOf(view, address), 'status.json': jsonOf(view) }
}

function byTerritory(items: readonly PublicItem[]) {
  const codes = [...new Set(items.map((one) => one.territory.code))]
  return codes.map((code) => {
    const own = items.filter((one) => one.territory.code === code)
    return { territory: own[0]?.territory ?? { code, name: code }, items: own }
  })
}

function time(at: string): string {
  return `<time datetime="${attribute(at)}">${hour(at)}</time>`
}

function hour(at: string): string {
  return new Intl.DateTimeFormat('fr-FR', {
    ...{
      timeZone: 'Europe/Paris',
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: '2-digit',
      minute: '2-digit',
    },
  }).format(new Date(at))
}

function words(text: string): string {
  return xmlText(text).replace(/\n/g, '<br>')
}
function attribute(text: string): string {
  return xmlText(text).replace(/"/g, '&quot;')
}
