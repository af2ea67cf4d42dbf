import type { Messages } from '../messages.js';
import { app } from './app.js';
import { developers } from './developers.js';
import { feed } from './feed.js';
import { form } from './form.js';
import { list } from './list.js';
import { ui } from './ui.js';
import { webhook } from './webhook.js';

export const messages: Messages = { ...ui, ...app, ...list, ...form, ...feed, ...developers, ...webhook };
