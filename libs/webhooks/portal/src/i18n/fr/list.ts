import { list as english } from '../en/list.js';
import type { Area } from '../messages.js';

export const list: Area<typeof english> = english;
