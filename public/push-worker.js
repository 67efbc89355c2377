// What a browser shows when a notification comes, with or without a page of ours open. Nothing is kept here, nothing is fetched.
self.addEventListener('push', (event) => {
  const told = toldBy(event.data)
  event.waitUntil(
    self.registration.showNotification(told.title, {
      body: told.body,
      tag: told.tag,
      renotify: true,
      requireInteraction: true,
      data: { to: told.to },
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(event.notification.data.to))
})

/** A path of this site and no other: what is pushed was sealed by us, and is still only shown. */
function toldBy(data) {
  let told = {}
  try {
    told = data?.json() ?? {}
  } catch {
    // Shown all the same: that something came is news.
  }
  const to = typeof told.to === 'string' && /^\/[\w/-]*$/.test(told.to) ? told.to : '/inbox'
  return {
    title: String(told.title ?? 'Permanence'),
    body: String(told.body ?? ''),
    tag: String(told.tag ?? 'permanence'),
    to,
  }
}
