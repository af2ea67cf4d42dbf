import { parsedUrl } from '../../parsed-url.js';
import type { Value } from '../document.js';
import { fieldsOf, filled, text, textOrNull } from './host-fields.js';
import type { Fields } from './host-fields.js';
import { media } from './normalise-content.js';

/** OCTO's Supplier, with what the host left out. `about:blank` says that no endpoint is known. */
export function normaliseSupplier(value: Value | undefined): Fields {
  const it = fieldsOf(value);
  const contact = fieldsOf(it.contact);
  const email = text(contact.email);
  const endpoint = text(it.endpoint);
  const id = text(it.id) ?? '';
  return filled(it, {
    id,
    name: text(it.name) ?? id,
    endpoint: endpoint !== undefined && parsedUrl(endpoint) ? endpoint : 'about:blank',
    contact: filled(contact, {
      website: textOrNull(contact.website),
      email: email !== undefined && /^\S+@\S+\.\S+$/.test(email) ? email : null,
      telephone: textOrNull(contact.telephone),
      address: textOrNull(contact.address),
    }),
    shortDescription: text(it.shortDescription),
    media: media(it.media),
  });
}
