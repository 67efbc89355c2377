import { sql } from 'drizzle-orm'

/** Of a statement `s` to the public: nothing later was approved for the same place, so the next word that it announces is still owed. */
export const LAST_WORD = sql`not exists (select from statement n where n.incident_id = s.incident_id
  and n.territory_code = s.territory_code and n.audience = 'public' and n.state = 'approved' and n.approved_at > s.approved_at)`
