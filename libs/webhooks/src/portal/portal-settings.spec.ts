import { relativePath } from './portal-settings.js';

it.each([
  ['webhooks/portal', 'webhooks', '..'],
  ['webhooks/portal', 'deliveries', '../../deliveries'],
  ['partner/webhooks/portal', 'partner/deliveries', '../../deliveries'],
  ['portal', 'partner/webhooks', '../partner/webhooks'],
  ['/staff/hooks/', '/webhooks', '../../webhooks'],
])('from the page at %s, %s is %s', (page, api, relative) => {
  expect(relativePath(page, api)).toBe(relative);
  const resolved = new URL(relative, `https://host.example/prefix/${page.replace(/^\/|\/$/g, '')}/`);
  expect(resolved.pathname.replace(/\/$/, '')).toBe(`/prefix/${api.replace(/^\//, '')}`);
});
