/** The part of the package `web-push` that is used here; it brings no types. */
declare module 'web-push' {
  type Subscription = { endpoint: string; keys: { p256dh: string; auth: string } }
  type Options = {
    vapidDetails: { subject: string; publicKey: string; privateKey: string }
    TTL: number
    urgency: 'normal' | 'high'
    contentEncoding: 'aes128gcm'
  }
  const webpush: {
    generateRequestDetails(
      subscription: Subscription,
      payload: string,
      options: Options,
    ): { endpoint: string; headers: Record<string, string>; body: Buffer }
    generateVAPIDKeys(): { publicKey: string; privateKey: string }
  }
  export default webpush
}
