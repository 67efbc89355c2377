import { LinkButton } from '#components/button.tsx'
import { type AdminPlace, AdminTabs } from './tabs.tsx'

/** Top of a page of the administration: where one is, and the way to add to it. */
export function AdminHead({ title, at, add }: { title: string; at: AdminPlace; add?: string }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{title}</h1>
        {add && (
          <LinkButton kind="primary" icon="plus" href={`/admin${at}/new`}>
            {add}
          </LinkButton>
        )}
      </div>
      <AdminTabs current={at} />
    </>
  )
}
