import type { NewWebhook } from '../api/types.js';

/** Shown in the place of the reader's own credentials. */
const CREDENTIALS = `-H "Authorization: Bearer $TOKEN"`;

/** @param target where its events go */
export function createCommand(
  webhooksUrl: string,
  contractId: string | null,
  target: Pick<NewWebhook, 'url' | 'transport'> = { url: 'https://example.com/webhooks' },
): string {
  const body: NewWebhook = {
    // An operator names whose it is.
    ...(contractId === null ? { contractId: 'C-1' } : {}),
    ...target,
    eventTypes: ['booking.*'],
  };
  return [
    `curl -X POST ${webhooksUrl} \\`,
    `  ${CREDENTIALS} \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(body, null, 2).replace(/\n/g, '\n  ')}'`,
  ].join('\n');
}

/** @param cursor left out: from the oldest event */
export function feedCommand(feedUrl: string, cursor?: string): string {
  return [
    `curl --get ${feedUrl} \\`,
    `  ${CREDENTIALS} \\`,
    `  -d limit=100${cursor === undefined ? '' : ` -d after=${cursor}`}`,
  ].join('\n');
}

export function listCommand(webhooksUrl: string): string {
  return [
    `curl --get ${webhooksUrl} \\`,
    `  ${CREDENTIALS} \\`,
    `  -d status=active -d sort=-createdAt -d limit=50`,
  ].join('\n');
}

export const NODE_INSTALL = 'npm install express standardwebhooks';

export const NODE_VERIFICATION = `import express from 'express';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET); // whsec_…
const app = express();

app.post('/webhooks', express.raw({ type: '*/*' }), (request, response) => {
  try {
    webhook.verify(request.body.toString('utf8'), request.headers);
  } catch {
    return response.sendStatus(401);
  }
  // The same webhook-id is the same event: handle it once.
  const id = request.headers['webhook-id'];
  response.sendStatus(204);
});

app.listen(3000);
`;

export const PYTHON_INSTALL = 'pip install flask standardwebhooks';

export const PYTHON_VERIFICATION = `import os

from flask import Flask, request
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["WEBHOOK_SECRET"])  # whsec_…
app = Flask(__name__)


@app.post("/webhooks")
def receive():
    try:
        webhook.verify(request.get_data(as_text=True), request.headers)
    except WebhookVerificationError:
        return "", 401
    # The same webhook-id is the same event: handle it once.
    event_id = request.headers["webhook-id"]
    return "", 204
`;
