import { app } from './app.js';
import { developers } from './developers.js';
import { feed } from './feed.js';
import { form } from './form.js';
import { list } from './list.js';
import { ui } from './ui.js';
import { webhook } from './webhook.js';

/** English says which texts there are, and which placeholders they have. */
export const messages = { ...ui, ...app, ...list, ...form, ...feed, ...developers, ...webhook };
