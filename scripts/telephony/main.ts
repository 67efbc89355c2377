import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readSecretFiles } from '#db/secret-files.ts'
import { type AriCalls, type AriEvent, ctiOfAri } from './asterisk.ts'
import { makeDelivery } from './deliver.ts'
import { makeNetstrings } from './netstrings.ts'

// npm run switchboard -- --kamailio HOST:PORT | --asterisk http://HOST:8088 --hotline EXTENSION,…   --to https://…/api/cti/KEY
const { values } = parseArgs({
  options: {
    kamailio: { type: 'string' },
    asterisk: { type: 'string' },
    hotline: { type: 'string', default: '' },
    to: { type: 'string' },
  },
})
const say = (line: string) => console.error(line)
if (!values.to || !(values.kamailio || (values.asterisk && values.hotline))) {
  say(
    'Say where calls are heard (--kamailio HOST:PORT, or --asterisk URL --hotline EXTENSION) and where they are told (--to .../api/cti/KEY).',
  )
  process.exit(2)
}
const unread = readSecretFiles(process.env)
if (unread) {
  say(unread)
  process.exit(2)
}
// Over reconnections: the end of a call that was under way is told too.
const calls: AriCalls = new Map()
const hotline = new Set(values.hotline.split(',').map((one) => one.trim()))
const delivery = makeDelivery({ to: values.to, secret: process.env.PERMANENCE_CTI_SECRET, say })

for (;;) {
  await (values.kamailio ? hearKamailio(values.kamailio) : hearAsterisk(String(values.asterisk)))
  say('the switchboard is away; asked again in a second')
  await wait(1_000)
}

/** Kamailio's evapi with netstrings; its events are the body as it is (scripts/telephony/kamailio.cfg). */
function hearKamailio(address: string): Promise<void> {
  const [host = '127.0.0.1', port = '8448'] = address.split(':')
  return new Promise((resolve) => {
    const read = makeNetstrings()
    const socket = connect(Number(port), host, () => say('listening to kamailio'))
    socket.on('data', (chunk) => {
      try {
        for (const body of read(chunk)) delivery.add(body)
      } catch (error) {
        say(String(error))
        socket.destroy()
      }
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve())
  })
}

/** ARI's events of all channels; user and password from the environment, where no list of processes shows them. */
function hearAsterisk(address: string): Promise<void> {
  const url = new URL(address)
  const { ASTERISK_USER: user = '', ASTERISK_PASSWORD: password = '' } = process.env
  const asked = new URLSearchParams({
    app: 'permanence',
    subscribeAll: 'true',
    api_key: `${user}:${password}`,
  })
  return new Promise((resolve) => {
    const socket = new WebSocket(
      `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}/ari/events?${asked}`,
    )
    socket.onopen = () => say('listening to Asterisk')
    socket.onmessage = ({ data }) => {
      const told = ctiOfAri(JSON.parse(String(data)) as AriEvent, hotline, calls)
      if (told) delivery.add(told)
    }
    socket.onclose = () => resolve()
  })
}
