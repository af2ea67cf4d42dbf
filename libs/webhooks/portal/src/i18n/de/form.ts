import { form as english } from '../en/form.js';
import type { Area } from '../messages.js';

export const form: Area<typeof english> = english;
