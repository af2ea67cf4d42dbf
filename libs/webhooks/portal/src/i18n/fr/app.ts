import { app as english } from '../en/app.js';
import type { Area } from '../messages.js';

export const app: Area<typeof english> = english;
