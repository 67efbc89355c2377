import type { ReactNode } from 'react'

/** A page that is read from top to bottom. */
export function Article({ title, intro, children }: { title: string; intro: string; children: ReactNode }) {
  return (
    <article className="mx-auto grid max-w-[68ch] gap-6">
      <header>
        <h1 className="text-3xl">{title}</h1>
        <p className="mt-3 text-lg">{intro}</p>
      </header>
      {children}
    </article>
  )
}

export function Section({
  title,
  items,
  children,
}: {
  title: string
  items?: string[]
  children?: ReactNode
}) {
  return (
    <section className="grid gap-2">
      <h2 className="text-xl">{title}</h2>
      {items && (
        <ul className="grid list-disc gap-1 pl-5">
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
      {children}
    </section>
  )
}
