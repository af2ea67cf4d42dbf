import { parsedUrl } from './parsed-url.js';

it('a host in Latin-1 is read the hundred thousandth time as it was the first', () => {
  const hosts = new Set<string | undefined>();
  for (let times = 0; times < 100_000; times += 1) hosts.add(parsedUrl('https://bücher.example/')?.host);
  expect([...hosts]).toEqual(['xn--bcher-kva.example']);
});

it.each(['', 'partner.example', 'https://', 'https://exa mple'])('%j is no URL', (text) => {
  expect(parsedUrl(text)).toBeUndefined();
});
