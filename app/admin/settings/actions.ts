'use server'

import { formAction } from '#app/_doors/form.ts'
import { changeSettings, confirmHotline } from '../commands/settings.ts'
import { hotlineCalledInput, settingsInput } from '../input.ts'

export const changeSettingsAction = formAction(settingsInput, changeSettings, {
  may: 'settings.keep',
  next: ({ changed }) => ({ key: changed > 0 ? 'accounts.done.settings' : 'accounts.done.settings_same' }),
})

export const confirmHotlineAction = formAction(hotlineCalledInput, confirmHotline, {
  may: 'settings.keep',
  next: () => ({ key: 'accounts.done.hotline_called' }),
})
