import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import type { SitrepDocument } from './document.ts'
import type { FactTable } from './fact-tables.ts'

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

/** The report as a file that reads as its print does, in the same order, with headings and tables that a screen reader knows. */
export function sitrepPdf(document: SitrepDocument): Promise<Buffer> {
  const { title, incident, marker, essential, facts, items, annex, locale, issuedAt } = document
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: BOTTOM },
    bufferPages: true,
    pdfVersion: '1.7',
    lang: locale,
    tagged: true,
    displayTitle: true,
    info: {
      Title: `${title} – ${incident}`,
      CreationDate: issuedAt,
      Producer: 'Permanence',
      Creator: 'Permanence',
    },
    // No font of its own: those of the package are not made for what is typed here.
    font: null as unknown as string,
  })
  pdf.registerFont('text', fontOf(400)).registerFont('bold', fontOf(700))
  const whole = pdf.struct('Document')
  pdf.addStructure(whole)
  const say = (kind: 'H1' | 'H2' | 'P', words: string, size: number, font = 'text') =>
    whole.add(
      pdf.struct(kind, {}, () => {
        pdf.font(font).fontSize(size).text(shown(words), { lineGap: 1.5 })
        pdf.moveDown(0.4)
      }),
    )

  if (marker) say('P', marker, 13, 'bold')
  say('H1', title, 20, 'bold')
  if (incident) say('P', incident, 12)
  if (essential) say('P', essential, 13)
  if (facts) {
    say('P', facts.as_of, 11, 'bold')
    say('P', facts.sum, 11)
    for (const one of facts.tables) {
      if (one.rows.length === 0 && one.key !== 'number') continue
      say('H2', one.caption, 13, 'bold')
      if (one.rows.length === 0) say('P', facts.empty, 11)
      else drawTable(pdf, whole, one)
      if (one.note) say('P', one.note, 10)
    }
  }
  for (const { term, words } of [...items, ...(annex ? [annex] : [])]) {
    say('H2', term, 12, 'bold')
    say('P', words, 11)
  }
  if (marker) say('P', marker, 13, 'bold')
  whole.end()
  numberPages(pdf, [title, incident, marker].filter(Boolean).join(' · '))
  return closed(pdf)
}

function drawTable(
  pdf: PDFKit.PDFDocument,
  whole: PDFKit.PDFStructureElement,
  { columns, rows }: FactTable,
): void {
  const align = (at: number) => (columns[at]?.numeric ? 'right' : 'left') as 'right' | 'left'
  pdf.font('text').fontSize(10)
  pdf.table({
    // The types of the package do not know it yet: rows and cells are said to a screen reader.
    ...{ structParent: whole },
    columnStyles: columns.map((_, at) => (at === 0 ? '*' : at === 1 && !columns[1]?.numeric ? 150 : 90)),
    defaultStyle: { border: [0, 0, 0.5, 0], padding: [3, 4, 3, 4] },
    data: [
      columns.map(({ head }, at) => ({
        text: shown(head),
        type: 'TH' as const,
        ...{ scope: 'Column' },
        font: { src: 'bold', size: 10 },
        align: { x: align(at), y: 'center' as const },
      })),
      ...rows.map(({ cells }) =>
        cells.map((cell, at) => ({
          text: shown(cell),
          ...(at === 0 && { type: 'TH' as const, scope: 'Row' }),
          align: { x: align(at), y: 'center' as const },
        })),
      ),
    ],
  })
  pdf.x = MARGIN
  pdf.moveDown(0.8)
}

/** On each page which report it is and how many there are: a sheet that was lost is missed. */
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
function shown(words: string): string {
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
