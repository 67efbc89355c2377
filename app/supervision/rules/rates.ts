/** Weeks before that say what is usual at the same hour. */
export const USUAL_WEEKS = 4

/** Counts of calls, of probes or of a switch: `effective` are those that the network brought to the called side. */
export type Counted = { seized: number; answered: number; effective: number }
export type Rates = { asr: number | null; ner: number | null }

/**
 * ASR, taux d'efficacité au sens de l'arrêté du 29 août 2023 (answers of seizures), and NER (ITU-T E.425: answers, busy, no answer and
 * refusals of the called side, of seizures). Side by side: the first is the law's, the second tells a network from a full room.
 */
export function ratesOf({ seized, answered, effective }: Counted): Rates {
  if (seized <= 0) return { asr: null, ner: null }
  return { asr: answered / seized, ner: effective / seized }
}

export type Blame = 'network' | 'room' | 'nothing'

/** What a low rate speaks of: where the calls arrive and nobody takes them, it is the room; null where nothing is usual yet. */
export function blames({ asr, ner }: Rates, usual: Rates): Blame | null {
  if (ner === null || usual.ner === null) return null
  // In thousandths: nine tenths less one tenth is not quite eight tenths.
  const lost = (rate: number | null, of: number | null) => Math.round(((of ?? 1) - (rate ?? 1)) * 1000) / 1000
  if (lost(ner, usual.ner) >= FELT) return 'network'
  return lost(asr, usual.asr) >= FELT ? 'room' : 'nothing'
}

/** A tenth: what makes a loss départemental (DOMAIN §4); 2 June 2021 lost 11 %. */
export const FELT = 0.1
