/** What is written about an incident for the authorities: the first word, then the numbered reports. */
export const INCIDENT_KINDS = ['authority_notice', 'situation_report'] as const
