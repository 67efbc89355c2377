import { refusal } from '#app/_doors/refusal.ts'

/** Nothing is at this address: said as everything of the contract is, not as a page. */
function nothingHere(): Response {
  return refusal(404, {
    message: 'Nothing is at this address. Tickets: /tmf-api/troubleTicket/v4/troubleTicket',
  })
}

export const [GET, POST, PUT, PATCH, DELETE] = [
  nothingHere,
  nothingHere,
  nothingHere,
  nothingHere,
  nothingHere,
]
