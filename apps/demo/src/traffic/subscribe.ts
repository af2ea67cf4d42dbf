import type { Subscription } from '../verdict/verdict.js';
import type { Partner } from './open-platform.js';

/** Creates every partner's webhooks as a partner would: over HTTP, with its token, handing the secret to its receiver. */
export async function subscribe(
  partners: Partner[],
  apiUrl: string,
  receiverUrl: string,
): Promise<Subscription[]> {
  const subscriptions: Subscription[] = [];
  for (const { contractId, token, webhooks } of partners) {
    for (const [index, { eventTypes, behaviour }] of webhooks.entries()) {
      const name = `${contractId}-${index + 1}`;
      const wish = { url: `${receiverUrl}/${behaviour}/${name}`, eventTypes };
      const answer = await post(`${apiUrl}/webhooks`, wish, { authorization: `Bearer ${token}` });
      const { id } = JSON.parse(answer) as { id: string };
      await post(`${receiverUrl}/secrets/${name}`, JSON.parse(answer));
      subscriptions.push({ webhookId: id, contractId, eventTypes });
    }
  }
  return subscriptions;
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`POST ${url} answered ${response.status}: ${answer}`);
  return answer;
}
