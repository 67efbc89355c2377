import { createTranslator } from 'use-intl/core'
import type { Locale } from '#app/_i18n/locale.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { MARKER, marked } from '#app/exercises/rules/marker.ts'
import { sitrepText } from '#app/sitreps/document.ts'
import type { Message } from '../port.ts'
import { rings } from '../rules/ringing.ts'
import { answerAddress, codeOf } from '../seal.ts'
import { valuesOf } from '../values.ts'

/** One line, and how to say that it was read. What is called by hand has a line of its own, made for a small screen. */
export function smsText(message: Message, canReply: boolean): string {
  const t = wordsIn(message.locale)
  if (message.kind === 'way_code') return t('outside.code', { code: codeOf(message.id) })
  // The words that were agreed and validated, and nothing beside them.
  if (message.kind === 'instruction_sent') return marked(String(message.data.text), message.exerciseId)
  const own = `outside.sms.${message.kind}`
  const sentence = t.has(own) ? t(own, values(message)) : sentenceOf(message)
  const link = answerAddress(message.id)
  return marked(
    t(canReply ? 'outside.sms_or_reply' : 'outside.sms_link', { sentence, link }),
    message.exerciseId,
  )
}

/** All that a telephone says, whoever picks it up: what kind of thing, level and numbers, and which keys answer. */
export function voiceWords(message: Message) {
  const t = wordsIn(message.locale)
  if (message.kind === 'way_code') {
    const digits = [...codeOf(message.id)].join(', ')
    return { sentence: t('outside.code', { code: digits }), keys: '', noted: '', passedOn: '' }
  }
  const { level, numbers } = message.data
  const own = `outside.voice.what.${message.kind}`
  const sentence = t('outside.voice.sentence', {
    what: t(t.has(own) ? own : 'outside.voice.what.other'),
    level: level === undefined || level === '' ? 'none' : level,
    numbers: typeof numbers === 'string' && numbers !== '' ? numbers : 'none',
  })
  // "Call the next" is for whom somebody comes next.
  const passes = rings(message.kind)
  const keys = t(passes ? 'outside.voice.keys_ladder' : 'outside.voice.keys')
  const marker = message.exerciseId === null ? '' : `${MARKER}.`
  const spoken = (...parts: string[]) => parts.join(' ').replace(/ +/g, ' ').trim()
  return {
    sentence: spoken(marker, sentence),
    keys: spoken(keys, marker),
    noted: spoken(marker, t('outside.voice.noted'), marker),
    passedOn: passes ? spoken(marker, t('outside.voice.passed_on'), marker) : '',
  }
}

/** A letter: what happened in its first line, and again as its text, for whoever reads the whole. */
export function mailWords(message: Message): { subject: string; text: string } {
  const t = wordsIn(message.locale)
  const sentence =
    message.kind === 'way_code' ? t('outside.code', { code: codeOf(message.id) }) : sentenceOf(message)
  return {
    subject: marked(subjectOf(message, sentence), message.exerciseId).replaceAll('\n', ' '),
    text: marked(
      [t('outside.mail', { sentence }), answerAddress(message.id), enclosedText(message)]
        .filter(Boolean)
        .join('\n\n'),
      message.exerciseId,
    ),
  }
}

/** Which report it is stands in the subject: a mailbox is read by its subjects. */
function subjectOf({ enclosed }: Message, sentence: string): string {
  return enclosed ? [enclosed.title, enclosed.incident].filter(Boolean).join(' – ') : sentence
}

function enclosedText({ enclosed }: Message): string | null {
  return enclosed ? `${'-'.repeat(40)}\n\n${sitrepText({ ...enclosed, marker: null })}` : null
}

/** What a browser shows: what happened, and nothing else. */
export function pushWords(message: Message): string {
  return marked(sentenceOf(message), message.exerciseId)
}

/** What happened, in the words of the inbox. */
export function sentenceOf(message: Message): string {
  const t = wordsIn(message.locale)
  const key = `inbox.${message.kind}`
  return t.has(key) ? t(key, values(message)) : t('inbox.page.unknown')
}

function values({ data, sentAt, locale }: Message) {
  return valuesOf(data, sentAt, locale)
}

type Words = ((key: string, values?: Record<string, string | number>) => string) & {
  has: (key: string) => boolean
}

/** Outside a request: the language is the reader's own. */
function wordsIn(locale: Locale): Words {
  return createTranslator({
    locale,
    messages: messagesOf(locale) as never,
    timeZone: 'Europe/Paris',
  }) as never
}
