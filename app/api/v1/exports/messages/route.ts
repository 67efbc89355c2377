import { exportDoor } from '#app/api/_exports/door.ts'
import { messagesExport } from '#app/api/_exports/input.ts'

export const GET = exportDoor('messages', messagesExport)
