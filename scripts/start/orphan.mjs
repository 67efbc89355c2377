// Loaded into web and worker before anything else: when the supervisor dies without a word, they end too, so
// that the next start finds its port free and its database without a stranger.
if (process.channel) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5_000).unref()
  })
}
