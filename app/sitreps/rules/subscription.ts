/** Abonnement d'un poste: which reports and notices addressed to its organisation also reach this post itself, and by what. */
export type Subscription = {
  fromLevel: number
  /** None chosen: all. */
  territories: readonly string[]
  numbers: readonly string[]
}

/** What a report is about: `territories` holds those touched and the territories that hold them (region, zone, country). */
export type About = { level: number; territories: readonly string[]; numbers: readonly string[] }

export function wants(post: Subscription, about: About): boolean {
  return (
    about.level >= post.fromLevel &&
    chosen(post.territories, about.territories) &&
    chosen(post.numbers, about.numbers)
  )
}

function chosen(wanted: readonly string[], touched: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((one) => touched.includes(one))
}
