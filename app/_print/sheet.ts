import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as pause } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import type { Locale } from '#app/_i18n/locale.ts'

const MARGIN = 56
const BOTTOM = 64
/** The typeface of the pages, in the form that a file can hold. */
const FONTS = join(
  /* turbopackIgnore: true */ process.cwd(),
  'node_modules',
  '@fontsource',
  'atkinson-hyperlegible-next',
  'files',
)
const fontOf = (weight: 400 | 700) =>
  readFileSync(join(FONTS, `atkinson-hyperlegible-next-latin-${weight}-normal.woff`))

/** `width` in points; without, a column takes what the others leave. */
type Column = { head: string; numeric?: boolean; width?: number }
type Words = { kind: 'H1' | 'H2' | 'P'; words: string; size: number; bold?: boolean }
/** The first cell of a row names it. */
type Table = { kind: 'table'; columns: Column[]; rows: string[][]; size?: number }
/** For the eye; `alt` says it to whoever does not see it. */
type Picture = {
  kind: 'picture'
  alt: string
  height: number
  draw: (pdf: PDFKit.PDFDocument, width: number) => void
}
export type Piece = Words | Table | Picture

/** What is printed, in the order in which its page shows it. */
export type Sheet = {
  title: string
  locale: Locale
  at: Date
  /** At the foot of each page: a sheet that was lost is missed. */
  foot: string
  wide?: boolean
  pieces: Piece[]
}

export const heading = (words: string, size = 13): Piece => ({ kind: 'H2', words, size, bold: true })
export const paragraph = (words: string, size = 11, bold = false): Piece => ({ kind: 'P', words, size, bold })

/** Rows drawn at once before others are served. */
const AT_ONCE = 200

/** A page as a file that reads as its print does, in the same order, with headings and tables that a screen reader knows. */
export async function sheetPdf({ title, locale, at, foot, wide, pieces }: Sheet): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    layout: wide ? 'landscape' : 'portrait',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: BOTTOM },
    bufferPages: true,
    pdfVersion: '1.7',
    lang: locale,
    tagged: true,
    displayTitle: true,
    info: { Title: title, CreationDate: at, Producer: 'Permanence', Creator: 'Permanence' },
    // No font of its own: those of the package are not made for what is typed here.
    font: null as unknown as string,
  })
  pdf.registerFont('text', fontOf(400)).registerFont('bold', fontOf(700))
  const whole = pdf.struct('Document')
  pdf.addStructure(whole)
  for (const piece of pieces) {
    if (piece.kind === 'table') await drawTable(pdf, whole, piece)
    else if (piece.kind === 'picture') drawPicture(pdf, whole, piece)
    else {
      // Before it begins: what is marked for a screen reader ends on the page on which it began.
      if (piece.kind === 'H2' && pdf.y + BENEATH > pdf.page.height - BOTTOM) pdf.addPage()
      whole.add(pdf.struct(piece.kind, {}, () => write(pdf, piece)))
    }
  }
  whole.end()
  numberPages(pdf, foot)
  return closed(pdf)
}

/** What a heading must have beneath it on its sheet. */
const BENEATH = 48

function write(pdf: PDFKit.PDFDocument, { words, size, bold }: Words): void {
  pdf
    .font(bold ? 'bold' : 'text')
    .fontSize(size)
    .text(shown(words), { lineGap: 1.5 })
  pdf.moveDown(0.4)
}

function drawPicture(
  pdf: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  { alt, height, draw }: Picture,
) {
  if (pdf.y + height > pdf.page.height - BOTTOM) pdf.addPage()
  const top = pdf.y
  const paint = () => {
    pdf.save().translate(MARGIN, top)
    draw(pdf, pdf.page.width - 2 * MARGIN)
    pdf.restore()
  }
  whole.add(pdf.struct('Figure', { alt: shown(alt) }, paint))
  pdf.x = MARGIN
  pdf.y = top + height
}

/** A long one in parts: while it is drawn, others are served. */
async function drawTable(
  pdf: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  { columns, rows, size = 10 }: Table,
): Promise<void> {
  const align = (at: number) => (columns[at]?.numeric ? 'right' : 'left') as 'right' | 'left'
  const heads = columns.map(({ head }, at) => ({
    text: shown(head),
    type: 'TH' as const,
    ...{ scope: 'Column' },
    font: { src: 'bold', size },
    align: { x: align(at), y: 'center' as const },
  }))
  for (let from = 0; from === 0 || from < rows.length; from += AT_ONCE) {
    if (from > 0) await pause()
    pdf.font('text').fontSize(size)
    pdf.table({
      // The types of the package do not know it yet: rows and cells are said to a screen reader.
      ...{ structParent: whole },
      columnStyles: columns.map(({ width }) => width ?? '*'),
      defaultStyle: { border: [0, 0, 0.5, 0], padding: [3, 4, 3, 4] },
      data: [
        heads,
        ...rows.slice(from, from + AT_ONCE).map((cells) =>
          cells.map((cell, at) => ({
            text: shown(cell),
            ...(at === 0 && { type: 'TH' as const, scope: 'Row' }),
            align: { x: align(at), y: 'center' as const },
          })),
        ),
      ],
    })
    pdf.x = MARGIN
  }
  pdf.moveDown(0.8)
}

/** On each page what it is of and how many there are. */
function numberPages(pdf: PDFKit.PDFDocument, name: string): void {
  const { count } = pdf.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page)
    // Beyond the margin, where a text would ask for a new page.
    pdf.page.margins.bottom = 0
    pdf.markContent('Artifact', { type: 'Pagination' })
    pdf
      .font('text')
      .fontSize(9)
      .text(shown(`${name} · ${page + 1} / ${count}`), MARGIN, pdf.page.height - 40, { lineBreak: false })
    pdf.endMarkedContent()
  }
}

/** The typeface holds Latin letters; of what it does not hold the plain letter is shown, and a mark for the rest. */
export function shown(words: string): string {
  return words
    .replace(/[\u202f\u2007\u2009]/g, '\u00a0')
    .replace(/[^\n\u0020-\u007e\u00a0-\u00ff\u0152\u0153\u0178\u2010-\u2026\u2022\u20ac\u2212]/gu, (one) => {
      const plain = one.normalize('NFKD').replace(/\p{M}/gu, '')
      return /^[\u0020-\u007e]+$/.test(plain) ? plain : '\u00b7'
    })
}

function closed(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => resolve(Buffer.concat(parts)))
    pdf.on('error', reject)
    pdf.end()
  })
}

/** The answer of a door that gives a file of ours. */
export async function pdfAnswer(sheet: Sheet, file: string): Promise<Response> {
  return new Response(new Uint8Array(await sheetPdf(sheet)), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${file}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  })
}
