/** The part of the package `mailparser` that is used here; it brings no types. */
declare module 'mailparser' {
  export type AddressObject = { value: { address?: string; name?: string }[] }
  export type ParsedMail = {
    messageId?: string
    subject?: string
    text?: string
    from?: AddressObject
    to?: AddressObject | AddressObject[]
    cc?: AddressObject | AddressObject[]
    inReplyTo?: string
    references?: string | string[]
    headerLines: { key: string; line: string }[]
    attachments: { contentType: string; filename?: string; content: Buffer }[]
  }
  export function simpleParser(
    raw: Buffer,
    options?: { skipImageLinks: boolean; maxHtmlLengthToParse: number },
  ): Promise<ParsedMail>
}
