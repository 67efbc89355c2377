import type { ImportFault } from './import-plan.ts'

const LOST = 'directory.import.fault.phone_lost_zero'

/** The lines whose number a spreadsheet took the first zero from, each with what was found and what is offered. */
export function lostZeros(faults: readonly ImportFault[]): ImportFault[] {
  return faults.filter(({ key }) => key === LOST)
}

/**
 * The file with the numbers that were offered. Nothing else of it is written anew; a line where the same digits stand twice
 * is left to a person.
 */
export function withZeros(content: string, faults: readonly ImportFault[]): string {
  const texts = content.split('\n')
  for (const { line, values } of lostZeros(faults)) {
    const [found, offered] = [String(values?.found ?? ''), String(values?.offered ?? '')]
    const parts = (texts[line - 1] ?? '').split(new RegExp(`(?<![\\d+])${escaped(found)}(?!\\d)`))
    if (found && parts.length === 2) texts[line - 1] = parts.join(offered)
  }
  return texts.join('\n')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
