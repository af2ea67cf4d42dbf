import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with the page as it stands: the rule, and what breaks it. */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's policy does not hold.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    // The page's styles are read as they are applied.
    const { violations: broken } = await window.axe.run(document, { preload: false });
    return broken;
  });
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
