import fc from 'fast-check';

import { dialled, isMasked, maskUrl } from './target-url.js';

describe('a URL that is shown', () => {
  it.each([
    ['https://alice:s3cr3t@partner.example/a?b=c', 'https://***:***@partner.example/a?b=c'],
    ['https://s3cr3t@partner.example/', 'https://***:***@partner.example/'],
    ['https://:s3cr3t@partner.example/', 'https://***:***@partner.example/'],
    ['https://partner.example/?token=s3cr3t&lang=de', 'https://partner.example/?token=***&lang=de'],
    ['https://partner.example/?Api-Key=s3cr3t', 'https://partner.example/?Api-Key=***'],
    [
      'https://partner.example/?x=%20y+z&access_token=s=3&x=~',
      'https://partner.example/?x=%20y+z&access_token=***&x=~',
    ],
    ['https://partner.example/?%74oken=s3cr3t', 'https://partner.example/?%74oken=***'],
    ['https://partner.example/?sig=s3cr3t&code=s3cr3t', 'https://partner.example/?sig=***&code=***'],
    ['https://a:s3cr3t@partner.example/?password=s3cr3t', 'https://***:***@partner.example/?password=***'],
  ])('holds no credential: %s', (url, masked) => {
    expect(maskUrl(url)).toBe(masked);
    expect(isMasked(masked)).toBe(true);
  });

  it.each([
    'https://partner.example',
    'https://PARTNER.example/a%20b?lang=de&empty=&flag',
    'https://partner.example/?token&key=',
    'https://partner.example/?',
  ])('without credentials is the one that was given: %s', (url) => {
    expect(maskUrl(url)).toBe(url);
    expect(isMasked(url)).toBe(false);
  });

  it('that cannot be parsed is masked whole', () => {
    expect(maskUrl('https://alice:s3cr3t@')).toBe('***');
    expect(maskUrl('//alice:s3cr3t@partner.example')).toBe('***');
  });

  it('is recognised as masked in whatever way a client encodes it', () => {
    expect(isMasked('https://%2A%2A%2A:%2a%2a%2a@partner.example/')).toBe(true);
    expect(isMasked('https://partner.example/?token=%2A%2A%2A')).toBe(true);
    expect(isMasked('https://alice:***@partner.example/')).toBe(true);
    expect(isMasked('https://partner.example/***/?a=5***')).toBe(false);
  });

  it('never holds the password, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (noise) => {
        const password = `s3cr3t${encodeURIComponent(noise)}`;
        const url = `https://alice:${password}@partner.example/?token=${password}`;
        return !maskUrl(url).includes('s3cr3t') && !maskUrl(url).includes('alice');
      }),
    );
  });
});

describe('a URL that is dialled', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each([
    ['https://alice:s3cr3t@partner.example/a?b=c', 'alice:s3cr3t'],
    ['https://alice@partner.example/a?b=c', 'alice:'],
    ['https://:s3cr3t@partner.example/a?b=c', ':s3cr3t'],
    ['https://a%40b:p%3Aq%2F%25@partner.example/a?b=c', 'a@b:p:q/%'],
    ['https://j%C3%BCrgen:pässwörd@partner.example/a?b=c', 'jürgen:pässwörd'],
    ['https://a:100%@partner.example/a?b=c', 'a:100%'],
    ['https://a:b:c@partner.example/a?b=c', 'a:b:c'],
  ])('turns user and password into Basic credentials: %s', (url, credentials) => {
    expect(dialled(url)).toEqual({
      url: 'https://partner.example/a?b=c',
      authorization: basic(credentials),
    });
  });

  it('keeps the bytes of a password that is not UTF-8', () => {
    const { authorization } = dialled('https://a:%ff%00@partner.example/');
    expect(Buffer.from(authorization?.slice(6) ?? '', 'base64')).toEqual(
      Buffer.from([0x61, 0x3a, 0xff, 0x00]),
    );
  });

  it('without user and password is the one that was given', () => {
    const url = 'https://PARTNER.example/a?token=s3cr3t';
    expect(dialled(url)).toEqual({ url });
  });
});
