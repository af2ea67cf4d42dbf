module.exports = async () => {
  // `npm test` runs jest with a channel: when that process dies, so do the tests.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();

  if (process.env.DATABASE_URL && process.env.REDIS_URL) return;
  const { startServices } = await import('../../scripts/services/services.mjs');
  const { databaseUrl, redisUrl, stop } = await startServices();
  process.env.DATABASE_URL = databaseUrl;
  process.env.REDIS_URL = redisUrl;
  globalThis.stopServices = stop;
};
