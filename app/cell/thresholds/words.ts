import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { durationText } from '#app/_i18n/time.ts'
import { THRESHOLDS, type ThresholdKey } from '#app/crisis/rules/thresholds.ts'

/** From there on a duration is better read in hours. */
const TWO_HOURS = 120

/** Where a threshold comes from, and how much it is, with its unit. */
export async function thresholdWords() {
  const t = await getTranslations('cell')
  const [format, locale] = [await getFormatter(), await getLocale()]

  function source(key: ThresholdKey): string {
    const section = /§(\d+)/.exec(THRESHOLDS[key].source)?.[1]
    return section ? t('thresholds.sources.trade', { section }) : t('thresholds.sources.own')
  }

  function amount(key: ThresholdKey, value: number): string {
    const { unit } = THRESHOLDS[key]
    const shown = format.number(value, { useGrouping: false })
    if (unit === 'share') {
      const percent = format.number(value, { style: 'percent', maximumFractionDigits: 1 })
      return t('thresholds.amount.share', { value: shown, percent })
    }
    if (unit !== 'min') return t(`thresholds.amount.${unit}`, { count: value })
    if (value < TWO_HOURS) return t('thresholds.amount.min', { value: shown })
    return t('thresholds.amount.min_long', { value: shown, time: durationText(value * 60, locale) })
  }

  return { source, amount }
}
