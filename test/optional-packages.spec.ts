import { WebhooksHealthIndicator } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { bootRefusal } from './setup/boot-refusal.js';
import { cancelled, Host } from './setup/host.js';

// What a host has that has none of them installed.
function missing(name: string): never {
  throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
}
jest.mock('prom-client', () => missing('prom-client'));
jest.mock('@nestjs/terminus', () => missing('@nestjs/terminus'));
jest.mock('@nestjs/swagger', () => missing('@nestjs/swagger'));
jest.mock('@opentelemetry/api', () => missing('@opentelemetry/api'));

it('a host without the optional packages boots, publishes and delivers', async () => {
  const host = await Host.start({ scheduler: 'in-process' });
  const receiver = await TestReceiver.start();
  try {
    await host.subscribe(receiver.url);
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);
    expect(receiver.requests).toHaveLength(1);
    await expect(host.app.get(WebhooksHealthIndicator).isHealthy()).rejects.toMatchObject({
      code: 'PACKAGE_MISSING',
      message: expect.stringContaining('npm install @nestjs/terminus'),
    });
  } finally {
    await receiver.stop();
    await host.stop();
  }
});

it.each([
  ['metrics', 'prom-client'],
  ['tracing', '@opentelemetry/api'],
])('the option %s without %s stops the application, and says what to install', async (option, name) => {
  expect(await bootRefusal({ [option]: true })).toMatchObject({
    code: 'PACKAGE_MISSING',
    subject: option,
    message: expect.stringContaining(`npm install ${name}`),
  });
});
