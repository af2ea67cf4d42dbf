import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { sha256 } from '../signing/body-hash.js';
import { WebhooksConfigurationError } from '../webhooks.errors.js';

/** Where the page was built to: the same place seen from `src/portal` and from `dist/portal`. */
export const BUILT_PAGE = fileURLToPath(new URL('../../dist/portal/page/', import.meta.url));

/** Where in `index.html` the page's settings are written. */
export const SETTINGS_MARKER = '<!-- portal-settings -->';

const CONTENT_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface PortalAsset {
  content: Buffer;
  contentType: string;
  etag: string;
}

/** The built page, in memory: a name that is not in it is nowhere. */
export interface PortalFiles {
  /** What stands before and after the settings. */
  index: [before: string, after: string];
  /** By their names, hashes of their contents included. */
  assets: ReadonlyMap<string, PortalAsset>;
}

/** @throws WebhooksConfigurationError `PORTAL_NOT_BUILT` */
export function readPortal(folder: string): PortalFiles {
  const [before, after] = read(join(folder, 'index.html')).toString('utf8').split(SETTINGS_MARKER);
  if (before === undefined || after === undefined)
    throw notBuilt(`${join(folder, 'index.html')} has no place for its settings (${SETTINGS_MARKER})`);
  const names = readdirSync(join(folder, 'assets'), { withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const assets = names.map(({ name }) => [name, asset(name, read(join(folder, 'assets', name)))] as const);
  return { index: [before, after], assets: new Map(assets) };
}

function asset(name: string, content: Buffer): PortalAsset {
  const contentType = CONTENT_TYPES[extname(name)] ?? 'application/octet-stream';
  return { content, contentType, etag: `"${sha256(content)}"` };
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw notBuilt(`${path} cannot be read`);
  }
}

function notBuilt(fault: string): WebhooksConfigurationError {
  return new WebhooksConfigurationError(
    'PORTAL_NOT_BUILT',
    'portal',
    `The portal's page is not built: ${fault}. Run \`npm run build\`, or leave the portal out with the option portal: false.`,
  );
}
