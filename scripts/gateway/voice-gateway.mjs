// An example of a voice gateway: what Permanence asks by HTTP, a telephone says by SIP. It speaks with espeak-ng, dials and hears
// keys with baresip (Debian: baresip-core, espeak-ng), a process a call. For trying, for drills, and as a pattern: a real one stands
// at the operator's telephony. `node scripts/gateway/voice-gateway.mjs --port 8090 --sip 'sip:{number}@127.0.0.1:5060'`
import { spawn, spawnSync } from 'node:child_process'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, createServer as createPort } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** Seconds that it rings: a carrier's voicemail takes it after that. */
const RINGS_S = 25
/** Whoever listened to the end has so many seconds to find the key. */
const FINDS_KEY_S = 3
/** What is said last is on its way to the ear still. */
const ENDS_S = 1

const { values: asked } = parseArgs({
  options: {
    port: { type: 'string', default: '8090' },
    sip: { type: 'string', default: 'sip:{number}@127.0.0.1:5060' },
    modules: { type: 'string', default: '/usr/lib/baresip/modules' },
    /** Seconds after the call is taken without a key: a voicemail took it. Never before all has been said. */
    'no-key': { type: 'string', default: '20' },
    from: { type: 'string', default: 'sip:permanence@127.0.0.1' },
  },
})
const secret = process.env.VOICE_GATEWAY_SECRET ?? ''
/** Numbers that ring now: asked again, they ring once. */
const ringing = new Map()
/** Telephones of calls under way: they end with this process, or would ring on alone. */
const phones = new Set()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))
process.on('exit', () => {
  for (const phone of phones) phone.kill('SIGKILL')
})

createServer((request, response) => {
  const chunks = []
  let size = 0
  request.on('data', (chunk) => {
    size += chunk.length
    if (size > 20_000) request.destroy()
    else chunks.push(chunk)
  })
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    const answer = (status, told) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told))
    if (request.method !== 'POST' || !isSigned(body, request.headers['x-permanence-signature']))
      return answer(403, {})
    const call = read(body)
    if (!call) return answer(422, {})
    if (!ringing.has(call.number)) {
      ringing.set(call.number, call.key)
      void place(call).finally(() => ringing.delete(call.number))
    }
    answer(202, { id: ringing.get(call.number) })
  })
}).listen(Number(asked.port), '127.0.0.1', () => console.log(`voice gateway on ${asked.port}`))

function isSigned(body, signature) {
  if (!secret) return true
  const wanted = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  return (
    typeof signature === 'string' &&
    signature.length === wanted.length &&
    timingSafeEqual(Buffer.from(signature), Buffer.from(wanted))
  )
}

function read(body) {
  try {
    const call = JSON.parse(body.toString('utf8'))
    const texts = ['key', 'sentence', 'keys', 'noted', 'passedOn', 'callBack']
    const whole = /^\+\d{6,15}$/.test(call.number) && texts.every((name) => typeof call[name] === 'string')
    return whole ? call : null
  } catch {
    return null
  }
}

/** One call, from its first ring to its end; each step is told to whoever asked for it. */
async function place(call) {
  const folder = mkdtempSync(join(tmpdir(), 'permanence-voice-'))
  const tell = (told) => tellBack(call, told)
  try {
    const control = await freePort()
    const said = [call.sentence, call.keys].filter(Boolean).join(' ')
    const seconds = {
      say: speak(folder, 'say', call.language, Array(3).fill(said).join(' ... ')),
      noted: speak(folder, 'noted', call.language, call.noted || '.'),
      passed_on: speak(folder, 'passed_on', call.language, call.passedOn || '.'),
    }
    configure(folder, control)
    const phone = spawn('baresip', ['-f', folder], { stdio: 'ignore' })
    phones.add(phone)
    try {
      const to = asked.sip.replace('{number}', call.number.slice(1))
      const cause = await converse(control, to, folder, seconds, tell)
      if (cause) await tell({ event: 'ended', cause, call: call.key })
    } finally {
      phones.delete(phone)
      phone.kill('SIGKILL')
    }
  } catch {
    await tell({ event: 'ended', cause: 'failed', call: call.key })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Dials, says, hears; resolves with how it ended; null when a key was its end. `seconds`: how long each of the sounds is. */
async function converse(port, to, folder, seconds, tell) {
  const line = await open(port)
  return new Promise((resolve) => {
    let taken = false
    let pressed = false
    let late = setTimeout(() => end('no_answer'), RINGS_S * 1000)
    const end = (cause) => {
      clearTimeout(late)
      line.say({ command: 'hangup' })
      setTimeout(() => {
        line.close()
        resolve(cause)
      }, 300)
    }
    line.on(async ({ type, param }) => {
      if (type === 'CALL_RINGING') await tell({ event: 'ringing' })
      if (type === 'CALL_ESTABLISHED') {
        taken = true
        clearTimeout(late)
        late = setTimeout(
          () => end('no_key'),
          Math.max(Number(asked['no-key']), seconds.say + FINDS_KEY_S) * 1000,
        )
        await tell({ event: 'answered' })
      }
      if (type === 'CALL_DTMF_START' && !pressed) {
        const answer = await tell({ event: 'key', key: String(param) })
        if (!answer?.hangUp) return
        pressed = true
        clearTimeout(late)
        line.say({ command: 'ausrc', params: `aufile,${folder}/${answer.say}.wav` })
        late = setTimeout(() => end(null), (seconds[answer.say] + ENDS_S) * 1000)
      }
      if (type === 'CALL_CLOSED')
        end(pressed ? null : /busy|486|600/i.test(param ?? '') ? 'busy' : taken ? 'no_key' : 'no_answer')
    })
    line.say({ command: 'dial', params: to })
  })
}

/** baresip's control: JSON in netstrings. */
async function open(port) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1')
        socket.once('error', reject)
        socket.once('connect', () => {
          socket.off('error', reject)
          socket.on('error', () => {})
          let rest = Buffer.alloc(0)
          let heard = () => {}
          socket.on('data', (data) => {
            rest = Buffer.concat([rest, data])
            for (;;) {
              const colon = rest.indexOf(58)
              const length = Number(rest.subarray(0, Math.max(colon, 0)))
              if (colon < 1 || rest.length < colon + length + 2) return
              const told = JSON.parse(rest.subarray(colon + 1, colon + 1 + length).toString('utf8'))
              rest = rest.subarray(colon + length + 2)
              if (told.event) void heard(told)
            }
          })
          resolve({
            on: (listener) => {
              heard = listener
            },
            say: (command) => {
              const json = JSON.stringify(command)
              socket.write(`${Buffer.byteLength(json)}:${json},`)
            },
            close: () => socket.destroy(),
          })
        })
      })
    } catch (error) {
      if (tries > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** Returns how many seconds it takes to say. */
function speak(folder, name, language, words) {
  const wav = join(folder, `${name}.wav`)
  spawnSync('espeak-ng', ['-v', language === 'en' ? 'en' : 'fr', '-s', '150', '-w', wav, '--', words])
  const sound = atTelephoneRate(readFileSync(wav))
  writeFileSync(wav, sound)
  return (sound.length - 44) / 16_000
}

/** Eight thousand samples a second, as a telephone has; each is the mean of those that it stands for. */
function atTelephoneRate(wav) {
  const rate = wav.readUInt32LE(24)
  const samples = new Int16Array(
    wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length - (wav.length % 2)),
  )
  const step = rate / 8_000
  const out = Buffer.alloc(44 + Math.floor(samples.length / step) * 2)
  wav.copy(out, 0, 0, 44)
  for (let at = 44, n = 0; at < out.length; at += 2, n += 1) {
    const part = samples.subarray(Math.floor(n * step), Math.floor((n + 1) * step))
    out.writeInt16LE(Math.round(part.reduce((sum, one) => sum + one, 0) / Math.max(1, part.length)), at)
  }
  out.writeUInt32LE(out.length - 8, 4)
  out.writeUInt32LE(8_000, 24)
  out.writeUInt32LE(16_000, 28)
  out.writeUInt32LE(out.length - 44, 40)
  return out
}

function configure(folder, control) {
  const modules = ['account.so', 'menu.so', 'g711.so', 'aufile.so', 'ctrl_tcp.so']
  writeFileSync(
    join(folder, 'config'),
    [
      'sip_listen 127.0.0.1:0',
      `module_path ${asked.modules}`,
      ...modules.map((one) =>
        one === 'account.so' || one === 'menu.so' || one === 'ctrl_tcp.so'
          ? `module_app ${one}`
          : `module ${one}`,
      ),
      `ctrl_tcp_listen 127.0.0.1:${control}`,
      `audio_source aufile,${folder}/say.wav`,
      `audio_player aufile,${folder}/heard.wav`,
      '',
    ].join('\n'),
  )
  writeFileSync(join(folder, 'accounts'), `<${asked.from}>;regint=0;audio_codecs=PCMA,PCMU\n`)
  mkdirSync(join(folder, 'uuid'), { recursive: true })
}

async function tellBack({ callBack }, told) {
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      const answer = await fetch(callBack, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(told),
        signal: AbortSignal.timeout(3_000),
      })
      if (answer.ok) return await answer.json()
    } catch {
      // Told again.
    }
    await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** tries))
  }
  return null
}

function freePort() {
  return new Promise((resolve) => {
    const port = createPort().listen(0, '127.0.0.1', () => {
      const { port: free } = port.address()
      port.close(() => resolve(free))
    })
  })
}
