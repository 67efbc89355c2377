import { MARKER } from '../rules/marker.ts'

/** On both ends of what is printed or read of an exercise. */
export function Marker({ exerciseId }: { exerciseId: number | null }) {
  return exerciseId === null ? null : <p className="text-xl font-bold">{MARKER}</p>
}
