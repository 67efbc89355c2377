import type { Channel } from '../port.ts'
import { inbox } from './inbox.ts'

/** Every channel there is, a file each, in the order they are tried: a new one is a file and a name in this list. */
export const CHANNELS: readonly Channel[] = [inbox]
