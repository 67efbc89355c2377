/** What an alarm does to the tab: its title, and its picture among the other tabs. Both come back when it is over. */
export function markTab(count: number): void {
  const plain = document.title.replace(MARK, '')
  const marked = count > 0 ? `(${count}) ! ${plain}` : plain
  if (document.title !== marked) document.title = marked
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel~=icon]')) {
    link.dataset.calm ??= link.href
    const href = count > 0 ? ALARMED : link.dataset.calm
    if (link.href !== href) link.href = href
  }
}

const MARK = /^\(\d+\) ! /

const ALARMED = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#b0152a"/><path d="M14 6h4v13h-4zM14 22h4v4h-4z" fill="#fff"/></svg>',
)}`

/** The framework writes the title again at each reading: the mark is put back as often. */
export function keepTabMarked(count: () => number): () => void {
  const watcher = new MutationObserver(() => markTab(count()))
  watcher.observe(document.head, { childList: true, subtree: true, characterData: true })
  return () => watcher.disconnect()
}
