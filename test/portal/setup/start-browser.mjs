import { spawnSync } from 'node:child_process';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../../scripts/services/chromium.mjs';

/** Debian's Chromium, without a window, for whoever connects to it. */
export async function startBrowser() {
  const command = await ensureChromium();
  const executablePath = spawnSync('which', [command], { encoding: 'utf8' }).stdout.trim();
  // Containers have a small /dev/shm.
  return chromium.launchServer({ executablePath, args: ['--disable-dev-shm-usage', '--disable-gpu'] });
}
