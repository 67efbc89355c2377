'use client'

import { useEffect, useRef } from 'react'
import { useField } from '#app/_doors/form-frame.tsx'

/**
 * Names this sending, once for all its attempts: kept with the draft, so that trying again tomorrow is still the same case. A page
 * drawn without a network has a new one (public/service-worker.js).
 */
export function SubmissionId({ fresh }: { fresh: string }) {
  const { typed } = useField('submissionId')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const form = field.current?.form
    const renew = () => {
      if (field.current) field.current.value = crypto.randomUUID()
    }
    form?.addEventListener('reset', renew)
    return () => form?.removeEventListener('reset', renew)
  }, [])
  return (
    <input
      ref={field}
      type="hidden"
      name="submissionId"
      data-draft
      defaultValue={typeof typed === 'string' ? typed : fresh}
    />
  )
}
