/** The part of the package `smpp` that is used here; it brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'

  export type Pdu = {
    command: string
    command_status: number
    message_id?: string
    source_addr?: string
    short_message?: { message: string | Buffer }
    message_payload?: { message: string | Buffer }
    esm_class?: number
    receipted_message_id?: string
    message_state?: number
    response(options?: Record<string, unknown>): Pdu
  }
  export interface Session extends EventEmitter {
    bind_transceiver(options: Record<string, unknown>, answered: (pdu: Pdu) => void): boolean
    submit_sm(options: Record<string, unknown>, answered: (pdu: Pdu) => void): boolean
    enquire_link(answered: (pdu: Pdu) => void): boolean
    unbind(answered: (pdu: Pdu) => void): boolean
    send(pdu: Pdu): boolean
    destroy(): void
  }
  const smpp: {
    connect(options: { host: string; port: number; tls?: boolean; servername?: string }): Session
  }
  export default smpp
}
