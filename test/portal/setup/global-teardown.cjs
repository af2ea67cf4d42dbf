const stopServices = require('../../setup/global-teardown.cjs');

module.exports = async () => {
  await globalThis.stopBrowser?.();
  await stopServices();
};
