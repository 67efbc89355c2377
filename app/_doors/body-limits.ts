/**
 * How much of a body is taken in, and of how many parts (README, "How much is read"). Anything larger is refused by what it says
 * of its own size, or as soon as that much has come, before anything of it is understood.
 */
export type BodyLimit = { bytes: number; parts: number }

const KIB = 1024
const MIB = 1024 * KIB

/** A directory, a calendar, a register: far above the largest; a film dragged in by mistake stops here. */
export const MAX_FILE_BYTES = 4 * MIB

/** Nobody has signed in: an e-mail and a passphrase, or what was typed in a page whose session ended. */
const ANONYMOUS: BodyLimit = { bytes: 128 * KIB, parts: 300 }
/** The longest form of ours: fifty rows of tests, two hundred communes, long texts. */
const FORM: BodyLimit = { bytes: MIB, parts: 2_000 }
/** A directory of 4 MB, a drill or a photo of 5 MB, with the encoding of a form; twice that, so that a larger one still gets its answer. */
const UPLOAD: BodyLimit = { bytes: 8 * MIB, parts: 60 }
const UPLOADING = /^\/(admin\/import|migration\/calendar|register|drills|my\/[^/]+)(\/|$)/

export function formLimit(path: string, signedIn: boolean): BodyLimit {
  if (!signedIn) return ANONYMOUS
  return UPLOADING.test(path) ? UPLOAD : FORM
}

/** What machines send: one ticket, however long its words. */
export type JsonLimit = { bytes: number; depth: number; values: number }
export const JSON_LIMIT: JsonLimit = { bytes: 256 * KIB, depth: 20, values: 10_000 }
/** The longest form of ours that waited on a device: marks are written as two there, and a comma of its words counts as a value. */
export const KEPT_LIMIT: JsonLimit = { bytes: 2 * FORM.bytes, depth: 20, values: 20 * FORM.parts }
/** A sheet of it, or its file, as the form takes it in at the cell. */
export const SHEET_CHARACTERS = FORM.bytes
