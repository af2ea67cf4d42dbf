import { createHmac, randomBytes, randomUUID } from 'node:crypto';

import { Agent, request } from 'undici';

import { bookingData } from '../load/booking-data.js';
import { now } from '../processes/clock.js';
import { serve } from '../processes/serve.js';
import { usage } from '../processes/usage.js';
import type { Observed } from '../receiver/observed.js';
import type { Sample } from '../stack.js';

const IN_FLIGHT = 100;

export interface RawCalls {
  /** Sends so many signed bodies. */
  send(requests: number, ports: number[]): Promise<Omit<Sample, keyof Observed>>;
}

const agent = new Agent();
const key = randomBytes(32);
const bodies = Array.from({ length: 100 }, (_, index) =>
  Buffer.from(
    JSON.stringify({
      type: 'booking.updated',
      timestamp: new Date().toISOString(),
      data: bookingData(`B-${index}`),
    }),
  ),
);

async function post(url: string, body: Buffer): Promise<void> {
  const id = randomUUID();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  const response = await request(url, {
    method: 'POST',
    dispatcher: agent,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
  if (response.statusCode !== 200) throw new Error(`The receiver answered ${response.statusCode}.`);
  await response.body.text();
}

const calls: RawCalls = {
  async send(requests, ports) {
    const urls = ports.map((port, index) => `http://127.0.0.1:${port}/hooks/${index}`);
    let sent = 0;
    const runner = async () => {
      while (sent < requests) {
        const index = sent++;
        await post(urls[index % urls.length] ?? '', bodies[index % bodies.length] ?? Buffer.alloc(0));
      }
    };
    const { cpuMs } = usage();
    const startedAt = now();
    await Promise.all(Array.from({ length: IN_FLIGHT }, runner));
    const elapsedMs = now() - startedAt;
    return {
      deliveries: requests,
      elapsedMs,
      perSecond: requests / (elapsedMs / 1000),
      cpuUs: ((usage().cpuMs - cpuMs) * 1000) / requests,
    };
  },
};

serve({ ...calls }, () => agent.close());
