import { randomBytes } from 'node:crypto';

import type { Subscription } from '../verdict/changes.js';
import type { Partner } from './open-platform.js';
import type { System, WishedWebhook } from './partners.js';

/** A webhook as it was created, and how. */
export interface Subscribed extends Subscription {
  system?: System;
  /** The request it was created by. */
  through: string;
}

const REST = '/webhooks';
const OCTO = '/octo/webhooks';

/** Creates every partner's webhooks as a partner would: over HTTP, with its token, handing the answer to its receiver. */
export async function subscribe(
  partners: Partner[],
  apiUrl: string,
  receiverUrl: string,
): Promise<Subscribed[]> {
  const subscriptions: Subscribed[] = [];
  await handOverSchemas(partners, apiUrl, receiverUrl);
  for (const { contractId, token, webhooks } of partners) {
    for (const [index, wish] of webhooks.entries()) {
      const name = `${contractId}-${index + 1}`;
      const url = `${receiverUrl}/${wish.behaviour}/${name}`;
      const bearer = wish.signing === 'none' ? randomBytes(16).toString('hex') : undefined;
      const { through, answer } = await create(apiUrl, token, wish, url, bearer);
      const { profile, format, verifier } = wish;
      const arrangement = { profile, format, verifier, bearer, signing: { scheme: wish.signing }, ...answer };
      await answered(await post(`${receiverUrl}/secrets/${name}`, arrangement));
      subscriptions.push({
        webhookId: answer.id,
        contractId,
        eventTypes: wish.eventTypes,
        profile,
        ...languageOf(wish),
        system: wish.system,
        through,
      });
    }
  }
  return subscriptions;
}

/** The receivers hold bodies to what the platform publishes about them. */
async function handOverSchemas([partner]: Partner[], apiUrl: string, receiverUrl: string): Promise<void> {
  const headers = { authorization: `Bearer ${partner?.token}` };
  const response = await fetch(`${apiUrl}${REST}/openapi.json`, { headers });
  const { components } = (await response.json()) as { components: { schemas: object } };
  await answered(await post(`${receiverUrl}/schemas`, components.schemas));
}

/** Through OCTO's own route if the wish is for it and the platform has it, else through the REST resource. */
async function create(
  apiUrl: string,
  token: string,
  wish: WishedWebhook,
  url: string,
  bearer: string | undefined,
): Promise<{ through: string; answer: { id: string } }> {
  const authorization = { authorization: `Bearer ${token}` };
  const { eventTypes, profile, format, capabilities, signing } = wish;
  const headers = bearer === undefined ? undefined : { Authorization: `Bearer ${bearer}` };
  if (wish.system === 'OCTO') {
    const asked = {
      url,
      event: eventTypes[0],
      useContactLanguage: languageOf(wish).useContactLanguage,
      headers,
    };
    const octo = { ...authorization, 'octo-capabilities': capabilities.join(', ') };
    const response = await post(`${apiUrl}${OCTO}`, asked, octo);
    if (response.status !== 404) return { through: `POST ${OCTO}`, answer: await answered(response) };
  }
  const asked = { url, eventTypes, profile, format, capabilities, signing, headers, ...languageOf(wish) };
  const response = await post(`${apiUrl}${REST}`, asked, authorization);
  return { through: `POST ${REST}`, answer: await answered(response) };
}

function languageOf({ language }: WishedWebhook): Pick<Subscription, 'locale' | 'useContactLanguage'> {
  const useContactLanguage = language === 'contact';
  return { locale: useContactLanguage ? null : language, useContactLanguage };
}

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

async function answered(response: Response): Promise<{ id: string }> {
  const answer = await response.text();
  if (!response.ok) throw new Error(`POST ${response.url} answered ${response.status}: ${answer}`);
  return JSON.parse(answer) as { id: string };
}
