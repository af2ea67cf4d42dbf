import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

/** A partner's server: fails at the first request of each event, and verifies every one by Standard Webhooks' own library. */
export async function startReceiver() {
  const received = [];
  let verifier;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const id = request.headers['webhook-id'];
    const isFirst = !received.some((earlier) => earlier.id === id);
    const { headers } = request;
    received.push({ id, headers, verified: isVerified(verifier, body, headers), retried: !isFirst });
    response.writeHead(isFirst ? 500 : 204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/hooks`,
    received,
    learn: (secret) => (verifier = new Webhook(secret)),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function isVerified(verifier, body, headers) {
  try {
    verifier.verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
