/** What reporters and cell write down, for a history that a search can find its way in. */
export const LOCAL_DETAILS = [
  'Constaté par la salle à la prise de service.',
  'Plusieurs requérants le disent depuis ce matin.',
  'Vu par le médecin régulateur sur deux appels consécutifs.',
  'Signalé par la mairie, vérifié par nos soins.',
  'Rien d’anormal sur nos postes, tout vient de l’arrivée.',
  'La salle voisine ne voit rien de tel.',
  'Commencé après l’orage de la nuit.',
  'Travaux de voirie devant le bâtiment depuis hier.',
  'Seuls les mobiles semblent touchés.',
  'Seules les lignes fixes anciennes semblent touchées.',
  'Le secrétariat a le même défaut sur ses lignes ordinaires.',
  'Deuxième fois ce mois-ci, même heure.',
] as const

export const UPDATES = [
  'Défaut reproduit depuis deux réseaux, recherche en cours.',
  'Un chemin de secours est ouvert, nous surveillons le taux de réussite.',
  'Technicien en route vers le répartiteur.',
  'Opérateur des appelants saisi, réponse attendue.',
  'Carte défectueuse isolée, trafic reporté sur les autres.',
  'Mesures prolongées, aucun nouvel échec depuis une heure.',
  'Passerelle relancée, premiers essais favorables.',
  'Cause non trouvée à cette heure, essais toutes les cinq minutes.',
] as const
