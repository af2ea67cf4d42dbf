import { randomBytes } from 'node:crypto';

import type { PortalFiles } from './portal-folder.js';
import type { PortalSettings } from './portal-settings.js';

export interface PortalPage {
  html: string;
  headers: Record<string, string>;
}

/** The page for one answer: its settings are a block of data, and only styles with the answer's own nonce count. */
export function portalPage({ index }: PortalFiles, settings: PortalSettings): PortalPage {
  const nonce = randomBytes(16).toString('base64');
  // Within a script element a `<` could end it, or begin a comment.
  const data = JSON.stringify(settings).replaceAll('<', '\\u003c');
  const block =
    `<meta property="csp-nonce" nonce="${nonce}">` +
    `<script type="application/json" id="portal-settings">${data}</script>`;
  return {
    html: index.join(block),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  };
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
  ].join('; ');
}
