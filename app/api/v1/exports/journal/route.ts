import { exportDoor } from '#app/api/_exports/door.ts'
import { journalExport } from '#app/api/_exports/input.ts'

export const GET = exportDoor('journal', journalExport)
