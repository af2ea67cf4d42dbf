import { WebhooksConfigurationError } from './webhooks.errors.js';

/**
 * What some option or class needs, and hosts that do without have not to install.
 *
 * @throws WebhooksConfigurationError `PACKAGE_MISSING`
 */
export async function optionalPackage<Package>(
  name: string,
  /** The option, or the class. */
  subject: string,
  load: () => Promise<Package>,
): Promise<Package> {
  try {
    return await load();
  } catch (cause) {
    const error = new WebhooksConfigurationError(
      'PACKAGE_MISSING',
      subject,
      `'${subject}' needs the package ${name}, which cannot be loaded. Install it (npm install ${name}), or do without ` +
        `'${subject}'. The error was: ${String(cause)}`,
    );
    error.cause = cause;
    throw error;
  }
}
