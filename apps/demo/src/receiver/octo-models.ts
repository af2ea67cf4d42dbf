import { zAvailability, zBooking, zProduct } from '@octocloud/types';

import type { Fields } from './read-body.js';

/** @throws ZodError when a model in an OCTO body is not what the npm package `@octocloud/types` says it must be */
export function checkOctoModels({ booking, product, availability }: Fields): void {
  if (booking !== undefined) zBooking.parse(booking);
  if (product !== undefined) zProduct.parse(product);
  if (availability !== undefined) zAvailability.parse(availability);
}
