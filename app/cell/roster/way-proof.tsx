import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Button } from '#components/button.tsx'
import { proveWayAction, sendToWayAction } from '../actions.ts'

type Words = { colon: string; send: string; code: string; prove: string; test: string }

/** A way not yet proved: a code goes there, and is read back. One that is: a message goes there, to be acknowledged. */
export function WayProof({
  way: { id, verifiedAt },
  named,
  words,
}: {
  way: { id: number; verifiedAt: Date | null }
  named: string
  words: Words
}) {
  const kind = verifiedAt ? 'way_test' : 'way_code'
  const word = verifiedAt ? words.test : words.send
  return (
    <div className="flex flex-wrap items-end gap-2">
      <DoorForm action={sendToWayAction} name={`send-${id}`}>
        <input type="hidden" name="wayId" value={id} />
        <input type="hidden" name="kind" value={kind} />
        <Button size="dense" aria-label={word + words.colon + named}>
          {word}
        </Button>
      </DoorForm>
      {!verifiedAt && (
        <DoorForm action={proveWayAction} name={`prove-${id}`} className="flex flex-wrap items-end gap-2">
          <input type="hidden" name="wayId" value={id} />
          <FormText
            id={`code-${id}`}
            name="code"
            label={words.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
          />
          <Button size="dense" aria-label={words.prove + words.colon + named}>
            {words.prove}
          </Button>
        </DoorForm>
      )}
    </div>
  )
}
