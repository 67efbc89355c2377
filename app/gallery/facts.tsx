import { Moment } from '#app/_i18n/moment.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'
import { SpokenCode } from '#components/spoken-code.tsx'
import { Timeline } from '#components/timeline.tsx'

export function Facts({ now }: { now: Date }) {
  const when = <Moment at={now} now={now} />
  return (
    <section className="grid gap-6 lg:grid-cols-2">
      <div className="grid content-start gap-4">
        <SpokenCode
          label="Numéro de dossier"
          code="2026-004217-3"
          spoken="2026, 0 0 4 2 1 7, 3"
          hint="À lire à voix haute au déclarant."
        />
        <PhoneNumberLarge
          label="Ligne de permanence"
          display="01 99 00 24 24"
          href="tel:0199002424"
          action="Appeler le 01 99 00 24 24"
        />
        <DescriptionList
          items={[
            { term: 'Numéro', value: '15, 112' },
            {
              term: 'Depuis',
              value: <Moment at={new Date('2021-06-02T14:45:00Z')} now={now} timeZone="Indian/Reunion" />,
            },
            { term: 'Vide', value: null },
          ]}
        />
      </div>
      <Timeline
        label="Chronologie"
        entries={[
          { id: 1, kind: 'fact', when, title: 'Signalé', who: 'SAMU 38', icon: 'megaphone' },
          {
            id: 2,
            kind: 'public',
            audience: 'Visible du déclarant',
            when,
            who: 'A. Martin',
            children: 'Nous essayons depuis trois réseaux.',
          },
          {
            id: 3,
            kind: 'internal',
            audience: 'Interne à la cellule',
            when,
            who: 'A. Martin',
            children: 'Doute sur la table de routage de Lyon.',
          },
          { id: 4, kind: 'fact', when, title: 'Niveau porté à N3' },
        ]}
      />
    </section>
  )
}
