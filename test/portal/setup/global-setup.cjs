const startServices = require('../../setup/global-setup.cjs');

/** Beside the services, the browser that all specs share. It ends with this process, however that ends. */
module.exports = async () => {
  await startServices();
  const { startBrowser } = await import('./start-browser.mjs');
  const browser = await startBrowser();
  process.env.PORTAL_BROWSER = browser.wsEndpoint();
  globalThis.stopBrowser = () => browser.close();
};
