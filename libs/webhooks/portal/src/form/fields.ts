import type { WebhookView } from '../api/types.js';
import type { FormValues } from './form-values.js';

/** What every part of the form works on. */
export interface Fields {
  values: FormValues;
  change: (changes: Partial<FormValues>) => void;
  /** The API's words about a field that it refused. */
  errorOf: (field: string) => string | undefined;
  /** The webhook as it is; null for a new one. */
  webhook: WebhookView | null;
}
