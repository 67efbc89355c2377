'use client'

import { Button } from '#components/button.tsx'
import { Combobox } from '#components/combobox.tsx'
import { ErrorSummary } from '#components/error-summary.tsx'
import { Select, TextArea, TextInput } from '#components/field.tsx'
import { Checkbox, CheckboxGroup, RadioGroup } from '#components/toggles.tsx'

const TOWNS = ['Grenoble', 'Grasse', 'Grigny', 'Lyon', 'Valence'].map((label) => ({
  value: label,
  label,
  hint: '38000',
}))

export function FormGallery() {
  return (
    <div className="grid gap-4">
      <form className="grid max-w-2xl gap-5">
        <ErrorSummary
          title="Une réponse est à corriger"
          problems={[{ id: 'phone', text: 'Indiquez un numéro de rappel' }]}
        />
        <CheckboxGroup
          name="numbers"
          label="Quels numéros ne répondent plus ?"
          mark="obligatoire"
          hint="Plusieurs réponses possibles."
          large
          layout="row"
          defaultValues={['15']}
          options={['15', '17', '18', '112', '114', '115', '196'].map((n) => ({ value: n, label: n }))}
        />
        <RadioGroup
          name="symptom"
          label="Qu’entend l’appelant ?"
          mark="obligatoire"
          defaultValue="a"
          options={[
            { value: 'a', label: 'Rien, le silence', hint: 'Aucune tonalité' },
            { value: 'b', label: 'Une tonalité rapide' },
            { value: 'c', label: '« Numéro non attribué »' },
            { value: 'd', label: 'Un autre centre répond', disabled: true },
          ]}
        />
        <TextInput
          name="phone"
          label="Numéro de rappel"
          mark="obligatoire"
          hint="Hors du réseau en panne."
          error="Indiquez un numéro de rappel"
          type="tel"
          autoComplete="tel"
        />
        <Select
          name="level"
          label="Niveau"
          empty="Tous"
          options={['N1', 'N2'].map((n) => ({ value: n, label: n }))}
        />
        <TextArea
          name="text"
          label="Ce que vous constatez"
          mark="facultatif"
          hint="Aucune donnée de patient."
        />
        <Combobox
          name="communes"
          textName="communeText"
          label="Communes touchées"
          multiple
          defaultChosen={TOWNS.slice(0, 1)}
          fetcher={async (query) =>
            TOWNS.filter((town) => town.label.toLowerCase().startsWith(query.toLowerCase()))
          }
          words={{ none: 'Aucune commune', found: '{count} communes', remove: 'Retirer {label}' }}
        />
        <Checkbox name="neighbour" label="Le département voisin est touché aussi" />
        <Button kind="primary" size="large">
          Envoyer
        </Button>
      </form>
    </div>
  )
}
