import type { PortalSettings } from '../../../src/portal/portal-settings.js';

/** What the server wrote into the page. */
function readSettings(): PortalSettings {
  const block = document.getElementById('portal-settings')?.textContent;
  if (!block)
    throw new Error('The page has no settings: it has to be opened at the address that the module serves.');
  return JSON.parse(block) as PortalSettings;
}

export const settings: PortalSettings = readSettings();

/** Absolute addresses without a slash at the end, so that a path or a query can be put behind them. */
export const addresses = {
  webhooks: resolved(settings.api.webhooks),
  deliveries: resolved(settings.api.deliveries),
  eventTypes: resolved(settings.api.eventTypes),
};

export const isOperator = settings.contractId === null;

function resolved(path: string): string {
  return new URL(path, document.baseURI.replace(/[?#].*$/, '')).href.replace(/\/$/, '');
}
