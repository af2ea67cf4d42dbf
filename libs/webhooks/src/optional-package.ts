import { WebhooksConfigurationError } from './webhooks.errors.js';

/**
 * What an option needs and a host without it has not to install.
 *
 * @throws WebhooksConfigurationError `PACKAGE_MISSING`
 */
export async function optionalPackage<Package>(
  name: string,
  option: string,
  load: () => Promise<Package>,
): Promise<Package> {
  try {
    return await load();
  } catch (cause) {
    const error = new WebhooksConfigurationError(
      'PACKAGE_MISSING',
      option,
      `The option '${option}' needs the package ${name}, which cannot be loaded. Install it (npm install ${name}), or leave ` +
        `the option out. The error was: ${String(cause)}`,
    );
    error.cause = cause;
    throw error;
  }
}
