'use server'

import { formAction } from '#app/_doors/form.ts'
import { changeSettings } from '../commands/settings.ts'
import { settingsInput } from '../input.ts'

export const changeSettingsAction = formAction(settingsInput, changeSettings, {
  may: 'settings.keep',
  next: ({ changed }) => ({ key: changed > 0 ? 'accounts.done.settings' : 'accounts.done.settings_same' }),
})
