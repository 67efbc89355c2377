/**
 * Seconds that a connection without a request is kept. Longer than any proxy before it keeps one (nginx: 60): whoever ends it while
 * the other has just asked breaks that request, and of a report nobody may send it again in its sender's place.
 */
export const IDLE_S = 75
