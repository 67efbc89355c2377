// Plain JavaScript without dependencies: this file runs on the machine's own Node, before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const OWN_NODE = join(ROOT, 'node_modules/node/bin/node')

/** Runs a TypeScript file of the project under its own Node, after installing what is missing. */
export async function runUnderOwnNode(file, args = process.argv.slice(2)) {
  process.chdir(ROOT)
  refuseOldNode()
  install()
  // What was compiled once is not compiled again by the next process: web and worker are back in two thirds of the time.
  process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules/.cache/compiled')
  if (isOwnNode()) {
    leaveWithNpm(() => process.kill(process.pid, 'SIGTERM'))
    process.argv = [process.argv[0], file, ...args]
    await import('./first.mjs')
    await import(pathToFileURL(join(ROOT, file)).href)
    return
  }
  const child = spawn(OWN_NODE, ['--import', './scripts/first.mjs', file, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  leaveWithNpm(() => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code))
  child.on('error', (error) =>
    stop(`The project's own Node did not start (${error.message}): remove node_modules and try again.`),
  )
}

// npm killed without a word must not leave a service behind that nobody sees.
function leaveWithNpm(leave) {
  const npm = process.ppid
  if (!process.env.npm_lifecycle_event || npm === 1) return
  const timer = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(timer)
    leave()
  }, 500)
  timer.unref()
}

export function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

function refuseOldNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) stop(`Node 20 or newer is needed; this is Node ${process.versions.node}.`)
}

function install() {
  if (isInstalled()) return
  console.log('Installing the packages of package-lock.json (once; a minute or two)')
  const { npm_execpath: cli } = process.env
  const [command, ...before] = cli?.endsWith('.js') ? [process.execPath, cli] : ['npm']
  // Not npm ci: it refuses a lockfile that does not name the binaries of platforms other than its own. Every version
  // and checksum still comes from the lockfile, which stays as it is.
  const flags = ['--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const args = [...before, 'install', ...flags]
  const done = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] })
  if (done.error) stop('npm is needed to install the packages and was not found.')
  if (done.status !== 0) stop('The packages could not be installed: the reason of npm is above.')
  if (!isInstalled()) stop('npm ended well but packages are missing: remove node_modules and try again.')
}

// npm writes node_modules/.package-lock.json last: what it says is there was installed whole.
function isInstalled() {
  const hidden = join(ROOT, 'node_modules/.package-lock.json')
  if (!existsSync(hidden) || !existsSync(OWN_NODE)) return false
  const wanted = packages(join(ROOT, 'package-lock.json'))
  const found = packages(hidden)
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '') return true
    if (found[path]) return found[path].version === version && existsSync(join(ROOT, path))
    return Boolean(optional || devOptional || peer)
  })
}

function packages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

function isOwnNode() {
  return realpathSync(process.execPath) === realpathSync(OWN_NODE)
}
