import type { EventData } from '../../catalog/domain-events.js';
import { fieldsOf, text } from '../capabilities/host-fields.js';
import { DEFAULT_OPTION } from '../capabilities/normalise-product.js';

/** The product whose availability changed. */
export function availabilityProduct(data: EventData): string {
  return (
    text(fieldsOf(data).productId, fieldsOf(data.availability).productId, fieldsOf(data.product).id) ?? ''
  );
}

/** The option whose availability changed. */
export function availabilityOption(data: EventData): string {
  const { optionId } = fieldsOf(data.availability);
  return text(fieldsOf(data).optionId, optionId, fieldsOf(data.option).id) ?? DEFAULT_OPTION;
}
