const FIRST = [
  'Camille',
  'Dominique',
  'Claude',
  'Maxime',
  'Charlie',
  'Sacha',
  'Alix',
  'Noa',
  'Louison',
  'Eden',
  'Andréa',
  'Morgan',
  'Lou',
  'Swann',
  'Ange',
  'Céleste',
  'Yaël',
]

const LAST = [
  'Exemple',
  'Fictif',
  'Modèle',
  'Témoin',
  'Spécimen',
  'Maquette',
  'Essai',
  'Brouillon',
  'Factice',
  'Pseudonyme',
  'Imaginaire',
  'Personne',
  'Tartempion',
  'Trucmuche',
  'Quidam',
  'Hypothèse',
  'Parenthèse',
  'Canular',
  'Prétexte',
]

/** The nth invented person: plainly nobody. 17 and 19 share no factor, so 323 names pass before one comes again. */
export function person(n: number): string {
  return `${FIRST[n % FIRST.length]} ${LAST[n % LAST.length]}`
}
