export const BASE = '/tmf-api/troubleTicket/v4/troubleTicket'

/** What a ticket of ours is, and of what it is a kind. */
export const [TYPE, BASE_TYPE] = ['EmergencyNumberTroubleTicket', 'TroubleTicket'] as const
