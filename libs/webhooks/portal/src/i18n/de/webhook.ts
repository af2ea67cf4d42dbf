import { webhook as english } from '../en/webhook.js';
import type { Area } from '../messages.js';

export const webhook: Area<typeof english> = english;
