import { Child } from './processes/child.js';
import { setting } from './processes/setting.js';
import type { ReceiverCalls } from './receiver/receiver.main.js';
import type { Ground } from './stack.js';

/** Each is an origin of its own, with connections of its own. */
const RECEIVERS = 100;

export async function layGround(): Promise<Ground & { clear(): Promise<void> }> {
  const receiver = await Child.start<ReceiverCalls>(
    new URL('./receiver/receiver.main.js', import.meta.url),
    {},
  );
  const ports = await receiver.call('listen', RECEIVERS);
  return {
    databaseUrl: setting('DATABASE_URL'),
    redisUrl: setting('REDIS_URL'),
    receiver,
    ports,
    clear: () => receiver.kill(),
  };
}
