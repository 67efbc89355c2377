import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { holds, sentence, verifyJournal } from '#app/_journal/verify.ts'
import { connectAsOwner } from '#db/migrate.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { newPrivateKey } from './key.ts'
import { rotate } from './rotate.ts'
import { takeCheckpoint } from './take.ts'

const { owner, ownerUrl } = await createTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'permanence-evidence-'))
afterAll(() => rmSync(folder, { recursive: true }))
const actor = machine('clock')
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 10, minute))
let [path, key, round] = ['', '', 0]

async function write(chain: string, minute: number, text: string): Promise<void> {
  await asActor(actor, (tx) =>
    append(tx, actor, { chain, event: 'setting.changed', visibility: 'internal', at: at(minute), text }),
  )
}
const seal = (minute: number) => takeCheckpoint(actor, at(minute), path, key)
const verify = () => verifyJournal(owner, path)

/** As whoever owns the database does it: guards away, work done, guards back. */
async function tamper(work: () => PromiseLike<unknown>): Promise<void> {
  await owner`alter table journal disable trigger user`
  await work()
  await owner`alter table journal enable trigger user`
}

/** Every digest of a chain computed anew from what its lines say now, and the head set to the last. */
async function rehash(chain: string): Promise<void> {
  let prev = Buffer.from(
    (await owner`select sha256(convert_to(${chain}, 'UTF8')) as first`)[0]?.first as Uint8Array,
  )
  for (const { id } of await owner`select id from journal where chain = ${chain} order by seq`) {
    const [row] = await owner`update journal j set prev_hash = ${prev}, hash = app.journal_digest(j, ${prev})
      where id = ${id} returning seq, hash`
    prev = row?.hash
    await owner`insert into journal_head (chain, seq, hash) values (${chain}, ${row?.seq}, ${prev})
      on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash`
  }
}

beforeEach(async () => {
  await tamper(() => owner`truncate journal, journal_head`)
  await owner`delete from setting where key like 'journal%'`
  path = join(folder, `checkpoints-${++round}`)
  key = join(folder, `key-${round}`)
  // Five lines in each of two chains, sealed after the third and after the fifth.
  for (let i = 1; i <= 5; i++) {
    for (const chain of ['cell', 'roster']) await write(chain, i, `ligne ${i}`)
    if (i === 3) await seal(3)
  }
  await seal(5)
})

test('an honest journal is proved against its checkpoints, and a line that is not sealed yet does no harm', async () => {
  const verified = await verify()
  expect(holds(verified)).toBe(true)
  expect(sentence(verified)).toMatch(
    /^10 lines in 2 chains verified; 10 of them against checkpoint 2 of 2026/,
  )
  await write('cell', 6, 'ligne 6')
  expect(holds(await verify())).toBe(true)
  expect(await seal(7)).toEqual({ taken: true })
  expect(await seal(8), 'nothing has changed').toEqual({ taken: false })
  expect(await seal(67), 'an hour has passed').toEqual({ taken: true })
})

test('a checkpoint reads the chains that moved, and signs all of them; one that is gone or shorter is said at every turn', async () => {
  const signed = () => {
    const lines = readFileSync(path, 'utf8').split('\n')
    return JSON.parse(lines.findLast((line) => line.startsWith('{')) ?? '{}')
  }
  const all = async () => {
    const [row] =
      await owner`select count(*)::int as chains, sum(seq)::int as lines, encode(sha256(convert_to(
      string_agg(chain || ' ' || seq || ' ' || encode(hash, 'hex') || E'\n', '' order by chain collate "C"), 'UTF8')), 'hex') as heads_sha256 from journal_head`
    return row
  }
  for (const [minute, chain] of [
    [6, 'roster'],
    [7, 'admin'],
    [8, 'zone'],
    [9, 'cell'],
    [10, 'admin'],
  ] as const) {
    // Another transaction is under way meanwhile, and ends between this checkpoint and the next.
    const late = asActor(actor, async (tx) => {
      await append(tx, actor, {
        chain: `late-${minute}`,
        event: 'setting.changed',
        visibility: 'internal',
        at: at(minute),
        text: '',
      })
      await write(chain, minute, 'ligne')
      expect(await seal(minute)).toEqual({ taken: true })
      const { chains, lines, heads_sha256 } = signed()
      expect({ chains, lines, heads_sha256 }).toEqual(await all())
    })
    await late
  }
  expect(await seal(11)).toEqual({ taken: true })
  expect(signed()).toMatchObject({ ...(await all()), chains: 9, entries: 1 })
  expect(holds(await verify())).toBe(true)
  await tamper(() => owner`delete from journal_head where chain = 'zone'`)
  await write('new', 12, 'ligne')
  for (const minute of [12, 13, 14])
    expect((await seal(minute)).failed?.message, `${minute}`).toMatch(/^chain zone is shorter/)
})

describe('what the owner of the database does is named, at its first false line', () => {
  test.each<[string, () => Promise<unknown>, string, number, string]>([
    [
      'the tail cut, the head moved back',
      () =>
        tamper(async () => {
          await owner`delete from journal where chain = 'cell' and seq >= 4`
          await owner`update journal_head h set seq = 3, hash = j.hash from journal j
            where h.chain = 'cell' and j.chain = 'cell' and j.seq = 3`
        }),
      'cell',
      4,
      'shortened',
    ],
    [
      'a chain deleted with its head',
      () =>
        tamper(async () => {
          await owner`delete from journal where chain = 'roster'`
          await owner`delete from journal_head where chain = 'roster'`
        }),
      'roster',
      1,
      'vanished',
    ],
    [
      'all of it emptied',
      () => tamper(() => owner`truncate journal, journal_head`),
      'cell',
      1,
      'emptied_whole',
    ],
    [
      'a word changed, every digest made anew',
      () =>
        tamper(async () => {
          await owner`update journal set text = 'autre' where chain = 'roster' and seq = 2`
          await rehash('roster')
        }),
      'roster',
      2,
      'rewritten',
    ],
    [
      'a line forged with a former hour, through the journal’s own trigger',
      () =>
        owner`insert into journal (chain, seq, at, actor_name, actor_side, event, visibility, text, data, prev_hash, hash)
          values ('cell', 0, ${new Date(Date.UTC(2026, 10, 23, 8))}, 'Clara Essai', 'cell', 'setting.changed', 'internal',
            'prévenu à huit heures', '{}', '', '')`,
      'cell',
      6,
      'backdated',
    ],
    [
      'the same, put where its hour would be, all made anew behind it',
      () =>
        tamper(async () => {
          await owner`update journal set seq = seq + 100 where chain = 'cell' and seq > 2`
          await owner`update journal set seq = seq - 99 where chain = 'cell' and seq > 100`
          await owner`insert into journal (chain, seq, at, actor_name, actor_side, event, visibility, data, prev_hash, hash)
            values ('cell', 3, ${at(2)}, 'Clara Essai', 'cell', 'setting.changed', 'internal', '{}', '', '')`
          await rehash('cell')
        }),
      'cell',
      3,
      'rewritten',
    ],
    [
      'the chain of a case that never was',
      () =>
        owner`insert into journal (chain, seq, at, case_id, actor_name, actor_side, event, visibility, data, prev_hash, hash)
          values ('case:77', 0, ${at(6)}, 77, 'x', 'cell', 'case.reported', 'internal', '{}', '', '')`,
      'case:77',
      1,
      'ownerless',
    ],
  ])('%s', async (_, work, chain, seq, why) => {
    await work()
    const verified = await verify()
    expect(verified.broken).toMatchObject({ chain, seq, why })
    expect(holds(verified)).toBe(false)
    expect(sentence(verified)).toMatch(`BROKEN: chain ${chain}, seq ${seq}, `)
  })

  // He changes a word, and has the verifier compute with functions of his that answer as if he had not.
  test.each([
    [
      'in public, by arguments that fit better',
      `create function public.jsonb_build_array(a text, b int, c bigint, d bigint, e bigint, f numeric, g numeric, h numeric,
          i bigint, j text, k text, l text, m text, n text, o text, p jsonb) returns jsonb language sql stable as
        $$ select pg_catalog.jsonb_build_array(a, b, c, d, e, f, g, h, i, j, k, l, m, n, replace(o, 'autre', 'ligne 2'), p) $$`,
      'drop function public.jsonb_build_array',
    ],
    [
      'in a schema that the database looks in first',
      `create schema evil;
        create function evil.sha256(b bytea) returns bytea language sql stable as $$ select coalesce(
          (select hash from public.journal where prev_hash = substr(b, 1, 32) and length(b) > 32), pg_catalog.sha256(b)) $$;
        alter database ${new URL(ownerUrl).pathname.slice(1)} set search_path = evil, pg_catalog, public`,
      `drop schema evil cascade; alter database ${new URL(ownerUrl).pathname.slice(1)} reset search_path`,
    ],
  ])('a word changed behind a function of his own, %s', async (_, make, drop) => {
    await tamper(() => owner`update journal set text = 'autre' where chain = 'cell' and seq = 2`)
    await owner.unsafe(make)
    const his = connectAsOwner(ownerUrl)
    try {
      expect((await verifyJournal(his, path)).broken).toMatchObject({ chain: 'cell', seq: 2, why: 'altered' })
    } finally {
      await his.end()
      await owner.unsafe(drop)
    }
  })

  test('also when a later checkpoint covered the forged line', async () => {
    await owner`insert into journal (chain, seq, at, actor_name, actor_side, event, visibility, data, prev_hash, hash)
      values ('cell', 0, ${at(-60)}, 'x', 'cell', 'setting.changed', 'internal', '{}', '', '')`
    await seal(9)
    expect((await verify()).broken).toMatchObject({ chain: 'cell', seq: 6, why: 'backdated' })
  })

  test.each([
    ['shorter', () => owner`update journal_head set seq = 4 where chain = 'cell'`, 'cell'],
    ['gone', () => owner`delete from journal_head where chain = 'roster'`, 'roster'],
  ])('and the clock says itself that a chain is %s', async (_, work, chain) => {
    await tamper(work)
    expect((await seal(6)).failed?.message).toContain(`chain ${chain} is shorter`)
  })
})

describe('the file of checkpoints', () => {
  const text = () => readFileSync(path, 'utf8')

  test.each<[string, (was: string) => string, string]>([
    ['a line of the journal changed in it', (was) => was.replace(/cell 2 ./, 'cell 2 0'), 'entries'],
    ['a count changed', (was) => was.replace('"lines":6', '"lines":5'), 'unsigned'],
    ['a line taken out', (was) => was.replace(/^cell 2 .*\n/m, ''), 'entries'],
    [
      'the first checkpoint taken out',
      (was) => was.slice(was.indexOf('\n', was.indexOf('signature')) + 1),
      'former',
    ],
    ['the end cut off', (was) => was.slice(0, was.indexOf('\n', was.indexOf('signature')) + 1), 'lost'],
    ['another key at the end', (was) => was.replace(/"key":"(.)(?!.*"key")/s, '"key":"x$1'), 'stranger'],
  ])('with %s no longer holds', async (_, change, why) => {
    const changed = change(text())
    expect(changed).not.toBe(text())
    writeFileSync(path, changed)
    const { broken, flaw } = await verify()
    expect(broken?.why ?? (typeof flaw === 'string' ? flaw : flaw?.why)).toBe(why)
  })

  test('half written by a process that was killed goes on after it', async () => {
    const whole = statSync(path).size
    await write('cell', 6, 'ligne 6')
    await seal(6)
    truncateSync(path, whole + 40)
    await owner`update setting set value = jsonb_set(value, '{n}', '2') where key = 'journal_checkpoint'`
    expect(holds(await verify())).toBe(true)
    expect(await seal(7)).toEqual({ taken: true })
    expect(sentence(await verify())).toMatch(
      /^11 lines in 2 chains verified; 11 of them against checkpoint 3 /,
    )
  })

  test('is never taken for that of another database', async () => {
    await owner`update setting set value = '"another"' where key = 'journal_mark'`
    await write('cell', 6, 'ligne 6')
    await expect(seal(6)).rejects.toThrow(/another database/)
    expect((await verify()).flaw).toBe('another')
  })

  test('goes on under a key that the old one names, and under no other', async () => {
    const old = readFileSync(key)
    const { to } = await rotate(actor, at(6), path, key)
    const pem = readFileSync(key)
    await write('cell', 7, 'ligne 6')
    writeFileSync(key, old)
    await expect(seal(7), 'the old one is over').rejects.toThrow(`await the key ${to}`)
    await expect(rotate(actor, at(7), path, key), 'nor does it hand over again').rejects.toThrow(
      `await the key ${to}`,
    )
    writeFileSync(key, pem)
    expect(await seal(7)).toEqual({ taken: true })
    expect(sentence(await verify())).toMatch(new RegExp(`11 of them .*signed by key ${to}$`))
    writeFileSync(key, newPrivateKey())
    await write('cell', 8, 'ligne 7')
    await expect(seal(8)).rejects.toThrow(`await the key ${to}`)
  })

  test('is added to by one at a time: keys are handed over while the worker seals', async () => {
    for (let minute = 6; minute < 10; minute++) {
      await write('cell', minute, 'ligne')
      await Promise.all([
        rotate(actor, at(minute), path, key),
        seal(minute),
        rotate(actor, at(minute), path, key),
      ])
    }
    expect(holds(await verify())).toBe(true)
  })

  test('and its key are their owner’s alone', () => {
    for (const file of [path, key]) expect(statSync(file).mode & 0o077).toBe(0)
  })
})
