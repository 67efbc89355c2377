/** `authority` is an account of role reporter whose organisation also sees the cases of its territory. */
export type DemoRole = 'reporter' | 'authority' | 'agent' | 'lead' | 'director' | 'admin' | 'wall'

/**
 * One account a role, on the embedded demonstration alone: their passphrases are public, so none is ever made
 * in a database given by DATABASE_URL.
 */
export const DEMO_ACCOUNTS: readonly { role: DemoRole; email: string; passphrase: string }[] = [
  { role: 'reporter', email: 'samu@permanence.example', passphrase: 'lavande-canal-ardoise-midi' },
  { role: 'authority', email: 'prefecture@permanence.example', passphrase: 'tilleul-quai-granit-soir' },
  { role: 'agent', email: 'agent@permanence.example', passphrase: 'genet-phare-calcaire-aube' },
  { role: 'lead', email: 'salle@permanence.example', passphrase: 'bruyere-digue-basalte-veille' },
  { role: 'director', email: 'astreinte@permanence.example', passphrase: 'olivier-pont-schiste-nuit' },
  { role: 'admin', email: 'admin@permanence.example', passphrase: 'cedre-ecluse-gres-matin' },
  { role: 'wall', email: 'mur@permanence.example', passphrase: 'noisetier-dune-marbre-jour' },
]
