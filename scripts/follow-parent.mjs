// Preloaded into a child of `runChild`: the channel closes when the parent dies, SIGKILL included.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
