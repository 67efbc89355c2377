'use server'

import { formAction } from '#app/_doors/form.ts'
import { closeLesson, proveLesson, saveLesson } from './commands/keep.ts'
import { closeInput, lessonInput, proveInput } from './input.ts'

const may = 'lessons.keep'

export const saveLessonAction = formAction(lessonInput, saveLesson, {
  may,
  next: () => ({ key: 'lessons.done.saved' }),
})
export const proveLessonAction = formAction(proveInput, proveLesson, {
  may,
  next: () => ({ key: 'lessons.done.proved' }),
})
export const closeLessonAction = formAction(closeInput, closeLesson, {
  may,
  next: (_value, { to }) => ({ key: to === 'closed' ? 'lessons.done.closed' : 'lessons.done.reopened' }),
})
