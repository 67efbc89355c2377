/** DOMAIN §4. Upwards: minor, significant, major, national. For cases whose sender said none. */
export const SEVERITY = { 1: 'Minor', 2: 'Significant', 3: 'Major', 4: 'Critical' } as const
export const DEFAULT_TYPE = 'emergencyNumberFailure'
