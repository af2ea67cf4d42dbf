import { installPackage, mayInstall, onPath } from './debian.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const REMEDY = 'install chromium (Debian, Ubuntu: apt-get install chromium)';

/** The command of a Chromium on the PATH, undefined when there is none. */
export function findChromium() {
  return NAMES.find(onPath);
}

/** Leaves a Chromium on the PATH and answers its command, or throws with what to do about it. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (!mayInstall()) throw new Error(`Chromium is missing: ${REMEDY}.`);
  console.error('Chromium is missing: installing it with apt-get');
  await installPackage('chromium').catch((cause) => {
    throw new Error(`Chromium is missing: ${REMEDY}. ${cause.message}`, { cause });
  });
  const installed = findChromium();
  if (!installed) throw new Error(`apt-get installed no Chromium: ${REMEDY}.`);
  return installed;
}
