/**
 * What a reporter's own words say, in French and English. Words are weak evidence: each flag is used only beside a
 * structured field that agrees, or where the words are explicit enough that a duty officer would not ask again.
 */
export type Says = {
  /** It is an exercise, not a failure. */
  exercise: boolean
  /** Works announced beforehand. */
  works: boolean
  /** "Je relaie le SAMU 59": someone else's observation. */
  relay: boolean
  /** "C'est revenu": over already. */
  back: boolean
  /** The reporter's own equipment or its maintainer is named. */
  ownEquipment: boolean
  /** Ordinary calls fail as well in the place: a cable, a power cut, "ni fixe ni mobile". */
  ordinaryCallsDown: boolean
  /** "She calls everyone else": only the emergency number fails. */
  ordinaryCallsPass: boolean
  /** Weather, power or someone else's works are named as the cause. */
  outsideCause: boolean
  /** Asks for news and brings none. */
  request: boolean
}

/** The platform's own mark on exercise messages (DOMAIN §7): it says nothing of the report. */
const MARKER = /(?:(?:EXERCICE|EXERCISE)[\s.,:!-]*){3}/gi

// In capitals or brackets anywhere, as rooms write it; in small letters only where the sentence says so.
const EXERCISE_SHOUTED =
  /(?<![\p{L}])(?:EXERCICE|EXERCISE|DRILL)(?![\p{L}])|[([]\s*(?:exercice|exercise|drill|test)\s*[)\]]/u
// "Exercice annulé, ceci est réel" and "ce n'est pas un exercice" are the opposite.
const EXERCISE =
  /(?:^|[.!?:;-]\s)\s*(?:exercice|exercise|drill)\b|\b(?:message|appel|signalement|sc[ée]nario|jeu|th[èe]me) d['’]exercice\b|\bexercise (?:message|call|report|only|scenario)\b|\b(?:c(?:['’]|eci )est un|il s['’]agit d['’]un|dans le cadre d['’]un|pour (?:un|l['’])|(?:en|notre|cet|un) ?)\s*exercice\b|\b(?:this is an?|part of an?|during an?|for an?|only an?|just an?|our) (?:exercise|drill)\b|\bthis is a test\b/i
const NO_EXERCISE =
  /\b(?:(?:en|pour de|cette fois) (?:vrai|bon|r[ée]el)|(?:ceci|c['’]est|cette fois) (?:est )?r[ée]el|for real|(?:this is|it is) real|real(?:-world)? (?:call|emergency|failure)|(?:pas|plus) (?:un|d['’]un|en|l['’])\s*exercice|hors exercice|(?:not|no) (?:an?|the)? ?(?:exercise|drill)|exercice (?:annul|suspendu|termin)|exercise (?:is )?(?:cancel|suspended|over))/i
const WORKS =
  /\b(?:travaux (?:programm|planifi|pr[ée]vus|annonc|termin)|maintenance (?:programm|planifi|pr[ée]vue|window|completed|finished)|(?:planned|scheduled|announced) (?:works?|maintenance|change)|works? (?:completed|finished))/i
// "Je transmets au CORRUSS" sends upward what the speaker knows: not a relay.
const RELAY =
  /\b(?:je (?:vous )?(?:relaie|relaye|transmets)(?! (?:au|aux|[àa])\b)|nous (?:vous )?(?:relayons|transmettons)(?! (?:au|aux|[àa])\b)|(?:i am|we are|i'm|we're|just|only) (?:relaying|passing on|forwarding)|relaying (?:for|what|from|a report)|on behalf of)/i
const BACK =
  /(?:c'est revenu|c’est revenu|revenu [àa] la normale|tout est revenu|de nouveau normal|r[ée]tabli\b|back to normal|(?:now|since|service) restored|working again|all back|is back)/i
const OWN_EQUIPMENT =
  /\b(?:autocom\w*|ipbx|pabx|pbx|onduleur|mainteneur|notre (?:standard|installation)|our (?:own )?(?:switchboard|phone system|maintainer|ups|power)|on-?site power)\b/i
const ORDINARY_DOWN =
  /(?:ni (?:le |les )?fixes? ni (?:le |les )?(?:mobiles?|portables?)|(?:fibre|c[âa]ble|cuivre)[^.]{0,40}(?:coup[ée]|sectionn|arrach)|plus aucun(?:e)? (?:ligne|r[ée]seau|appel)|(?:neither|no) (?:landlines?|fixed lines?)[^.]{0,12}(?:nor|or|and no) mobiles?|(?:fibre|fiber|cable)[^.]{0,40}\b(?:cut|severed|damaged|break)|(?:all|any) (?:phones|calls|services|lines) (?:are |is )?(?:down|dead|out)|ordinary calls (?:also )?fail|no service at all)/i
const ORDINARY_PASS =
  /(?:(?:calls?|reach(?:es)?|phones?) (?:everyone|everybody|anyone) else|(?:ordinary|other|normal) (?:calls|numbers) (?:still )?(?:pass|work|go through|are fine|connect)|only (?:112|911|999|000|emergency (?:calls|numbers)) fails?|(?:les )?(?:appels ordinaires|autres appels|autres num[ée]ros) (?:passent|fonctionnent|aboutissent)|appelle (?:tout le monde|tous les autres|normalement)|seul(?:s)? (?:le|les) (?:1[578]|11[24])[^.]{0,20} (?:ne passe|ne passent|[ée]chou))/i
const OUTSIDE =
  /\b(?:temp[êe]te|orages?|inondations?|crue|neige|verglas|foudre|cyclone|coupure (?:de courant|[ée]lectrique|d['’][ée]lectricit[ée])|panne (?:de courant|[ée]lectrique|d['’][ée]lectricit[ée])|plus (?:de courant|d['’][ée]lectricit[ée])|enedis|pelleteuse|pelle m[ée]canique|storm|flood(?:s|ed|ing)?|lightning|hurricane|power (?:cut|outage|failure|loss)|blackout|excavator|digger)\b/i
const REQUEST =
  /(?:point (?:de situation )?demand[ée]|nous demandons un point|o[ùu] en [êe]tes[- ]vous|(?:requests?|requesting|asks? for|need) (?:an? )?(?:update|situation report|sitrep|briefing)|update requested)/i

function withoutMarker(text: string): string {
  return text.replace(MARKER, '').trim()
}

export function sayings(text: string): Says {
  const words = withoutMarker(text)
  return {
    exercise: (EXERCISE.test(words) || EXERCISE_SHOUTED.test(words)) && !NO_EXERCISE.test(words),
    works: WORKS.test(words),
    relay: RELAY.test(words),
    back: BACK.test(words),
    ownEquipment: OWN_EQUIPMENT.test(words),
    ordinaryCallsDown: ORDINARY_DOWN.test(words),
    ordinaryCallsPass: ORDINARY_PASS.test(words),
    outsideCause: OUTSIDE.test(words),
    request: REQUEST.test(words),
  }
}
