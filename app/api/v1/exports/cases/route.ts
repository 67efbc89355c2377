import { exportDoor } from '#app/api/_exports/door.ts'
import { casesExport } from '#app/api/_exports/input.ts'

export const GET = exportDoor('cases', casesExport)
