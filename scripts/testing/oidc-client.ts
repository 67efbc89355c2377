/** As whom the provider of the journeys knows us. */
export const OIDC_CLIENT = { id: 'permanence', secret: 'un-secret-de-parcours-de-quarante-signes' }
