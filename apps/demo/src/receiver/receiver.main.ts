import type { AddressInfo } from 'node:net';

import { Ledger } from './ledger.js';
import type { ReceiverMessage } from './receiver-process.js';
import { Receiver } from './receiver.js';

const COUNTS_INTERVAL_MS = 250;

const ledger = new Ledger(process.argv[2] ?? 'ledger.jsonl');
const receiver = new Receiver(ledger);
const server = receiver.server();
const tell = (message: ReceiverMessage) => process.connected && process.send?.(message);

const counting = setInterval(() => tell({ counts: receiver.counts }), COUNTS_INTERVAL_MS);
server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }));

// Ctrl-C reaches the whole process group; the platform decides when its partners stop.
process.on('SIGINT', () => undefined);
process.on('message', stop);
process.on('disconnect', stop);

let stopping = false;

function stop(): void {
  if (stopping) return;
  stopping = true;
  clearInterval(counting);
  server.close(() => {
    ledger.close();
    tell({ counts: receiver.counts });
    process.off('message', stop);
    if (process.connected) process.disconnect();
  });
  server.closeAllConnections();
}
