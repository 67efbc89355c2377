export type EmergencyNumber = {
  number: string
  labelFr: string
  labelEn: string
  /** Counts for the trigger rules (DOMAIN §2). */
  vital: boolean
  /** The legal alert thresholds bear on it (DOMAIN §2). */
  legalAlert: boolean
}

/** Numéros d'urgence (DOMAIN §2), in the order of the report form: those heard of most often first. */
export const NUMBERS: EmergencyNumber[] = [
  one('15', 'SAMU', 'Ambulance (SAMU)', 'vital', 'legal'),
  one('17', 'Police secours, gendarmerie', 'Police, gendarmerie', 'vital', 'legal'),
  one('18', 'Sapeurs-pompiers', 'Fire and rescue', 'vital', 'legal'),
  one('112', 'Appel d’urgence européen', 'European emergency number', 'vital', 'legal'),
  one('114', 'Urgences pour sourds et malentendants', 'Emergencies for deaf and hard of hearing', 'vital'),
  one('196', 'Secours en mer', 'Rescue at sea', 'vital'),
  one('115', 'Urgence sociale (SIAO)', 'Homeless helpline'),
  one('119', 'Enfance en danger', 'Children at risk'),
  one('191', 'Secours aéronautiques', 'Aeronautical rescue'),
  one('197', 'Alerte attentat, alerte enlèvement', 'Terrorism and abduction alerts'),
  one('116000', 'Enfants disparus', 'Missing children'),
  one('116111', 'Écoute des enfants', 'Child helpline'),
  one('116117', 'Permanence des soins', 'Out-of-hours doctor'),
]

const KNOWN = new Set(NUMBERS.map(({ number }) => number))

export function isKnownNumber(number: string): boolean {
  return KNOWN.has(number)
}

function one(
  number: string,
  labelFr: string,
  labelEn: string,
  vital?: 'vital',
  legal?: 'legal',
): EmergencyNumber {
  return { number, labelFr, labelEn, vital: vital === 'vital', legalAlert: legal === 'legal' }
}
