import { fieldsOf, isFields, text } from '../capabilities/host-fields.js';
import type { Fields } from '../capabilities/host-fields.js';
import { normaliseSupplier } from '../capabilities/normalise-supplier.js';
import { withCapabilities } from '../capabilities/with-capabilities.js';
import type { CanonicalEvent, RenderContext } from '../profile.js';

/** The supplier in an OCTO body: the data's own, else the account of the event, else the contract by its id. */
export function octoSupplier(event: CanonicalEvent, context: RenderContext): Fields {
  const given = event.data.supplier;
  const supplier = isFields(given) ? { id: event.contractId, ...given } : accountAsSupplier(event);
  return withCapabilities('supplier', normaliseSupplier(supplier), context.capabilities);
}

function accountAsSupplier(event: CanonicalEvent): Fields {
  const account = fieldsOf(event.accountContext);
  return {
    id: text(account.ownerId, account.owner_id) ?? event.contractId,
    name: text(account.ownerName, account.owner_name) ?? event.contractId,
    contact: { email: text(account.ownerEmail, account.owner_email) ?? null },
  };
}
