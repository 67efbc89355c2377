import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { billOf, componentsOf, isAllowed, type Lock } from './sbom.ts'

// npm run sbom [-- --out FILE | --licences | --signatures]
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
const components = componentsOf(read('package-lock.json') as Lock)
const [asked, file] = process.argv.slice(2)

if (asked === '--licences') licences()
else if (asked === '--signatures') signatures()
else {
  const text = `${JSON.stringify(billOf(components, read('package.json').version, new Date()), null, 2)}\n`
  if (asked === '--out' && file) writeFileSync(file, text)
  else process.stdout.write(text)
}

/** How many packages come under which, and each that is to be asked about. */
function licences(): void {
  const by = Map.groupBy(components, ({ licence }) => licence)
  for (const [licence, all] of [...by].sort((a, b) => b[1].length - a[1].length))
    console.log(
      `${String(all.length).padStart(5)}  ${licence}${isAllowed(licence) ? '' : `: ${all.map(({ name }) => name).join(', ')}`}`,
    )
}

/** What its maker signed, asked of the registry; where none answers, that every package is held to its content at least. */
function signatures(): void {
  const asked = spawnSync('npm', ['audit', 'signatures'], { stdio: 'inherit' })
  const loose = components.filter(({ integrity, bundled }) => !bundled && !integrity?.startsWith('sha512-'))
  console.log(
    `${components.length - loose.length} of ${components.length} packages are held to their SHA-512 by package-lock.json`,
  )
  for (const { name } of loose) console.log(`held to nothing: ${name}`)
  process.exitCode = asked.status === 0 ? 0 : 1
}
