import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { freePort } from '#db/embedded.ts'

/** Debian's dovecot, for one test: a mailbox on this machine, with any name and one password. It asks for root. */
export async function dovecot(password: string) {
  const folder = mkdtempSync(join(tmpdir(), 'permanence-dovecot-'))
  const port = await freePort()
  chmodSync(folder, 0o755)
  for (const part of ['run', 'mail']) mkdirSync(join(folder, part))
  chmodSync(join(folder, 'mail'), 0o777)
  const config = `base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
mail_location = maildir:${folder}/mail/%u
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=mail gid=mail home=${folder}/mail/%u
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`
  writeFileSync(join(folder, 'dovecot.conf'), config)
  const child = spawn('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' })
  await vi.waitFor(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.destroy()
          resolve()
        }).on('error', reject)
      }),
    { timeout: 20_000, interval: 50 },
  )
  return {
    port,
    async stop(): Promise<void> {
      const closed = new Promise((resolve) => child.once('close', resolve))
      child.kill('SIGTERM')
      await closed
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
