import { exportDoor } from '#app/api/_exports/door.ts'
import { testsExport } from '#app/api/_exports/input.ts'

export const GET = exportDoor('tests', testsExport)
