import { getTranslations } from 'next-intl/server'
import type { DeskWords } from './desk.tsx'

/** The words the script of the queue shows: sent with it, so that no whole namespace goes to the browser. */
export async function deskWords(): Promise<DeskWords> {
  const [t, common] = [await getTranslations('queue'), await getTranslations('common')]
  return {
    countdown: { ahead: common.raw('time.ahead'), overdue: common.raw('time.overdue') },
    help: t('keys.title'),
    close: common('close'),
    keysOn: t('keys.on'),
    keysOff: t('keys.off'),
    hints: t('keys.hints'),
    selection: {
      count: t.raw('several.count'),
      go: t('several.go'),
      all: t('several.all'),
      none: t('several.unselect'),
      alone: t('several.alone'),
    },
    keys: [
      { key: 'J K ↓ ↑', does: t('keys.move') },
      { key: t('keys.enter'), does: t('keys.open') },
      { key: 'A', does: t('keys.acknowledge') },
      { key: 'C', does: t('keys.claim') },
      { key: 'X', does: t('keys.pick') },
      { key: `${t('keys.shift')} X`, does: t('keys.pick_range') },
      { key: 'G', does: t('keys.several') },
      { key: 'T', does: t('keys.call') },
      { key: '/', does: t('keys.search') },
      { key: '!', does: t('keys.heard') },
      { key: '?', does: t('keys.help') },
    ],
  }
}
