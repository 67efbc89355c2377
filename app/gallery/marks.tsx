import { Button, LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { Stat } from '#components/stat.tsx'
import { Badge, Tag, type Tone } from '#components/tag.tsx'

const TONES: Tone[] = ['neutral', 'accent', 'info', 'ok', 'warn', 'danger', 'n1', 'n2', 'n3', 'n4']

export function Marks() {
  return (
    <section className="grid gap-4">
      <div className="flex flex-wrap gap-2">
        {TONES.map((tone) => (
          <Tag key={tone} tone={tone}>
            {tone.toUpperCase()}
          </Tag>
        ))}
        <Badge icon="person">M. Durand</Badge>
        <Badge icon="late" tone="danger">
          promesse manquée
        </Badge>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button kind="primary">Prendre en compte</Button>
        <Button icon="person">Je m’en charge</Button>
        <Button kind="danger">Clore</Button>
        <Button kind="quiet">Annuler</Button>
        <Button disabled>Impossible</Button>
        <Button size="dense">Dense</Button>
        <LinkButton href="/gallery" kind="primary" size="large" icon="megaphone">
          Signaler
        </LinkButton>
      </div>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Stat label="Dossiers ouverts" value="34" href="/gallery" />
        <Stat label="Promesses manquées" value="3" tone="danger" note="la plus ancienne : 12 min" />
        <Stat label="À prendre en compte" value="2" tone="warn" />
        <Stat label="Résiduels" value="0" tone="ok" />
      </div>
      <div className="grid gap-2">
        <Notice title="Information">Le 15 de la Drôme est en essai.</Notice>
        <Notice tone="ok">Dossier enregistré.</Notice>
        <Notice
          tone="warn"
          title="Mme Petit a modifié ce dossier"
          actions={<Button size="dense">Voir</Button>}
        >
          Le niveau est passé de N2 à N3.
        </Notice>
        <Notice tone="danger" title="Non enregistré" live>
          Votre texte est conservé ci-dessous.
        </Notice>
      </div>
    </section>
  )
}
