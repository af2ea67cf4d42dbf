// What is written by hand from the documentation: a Bull job for each delivery, a request for each job.
import Bull from 'bull';
import axios from 'axios';

/** What the runner tells this process to send. */
export interface PlainJob {
  url: string;
  key: string;
}

const { redisUrl, redisPrefix, concurrency, deadlineMs } = JSON.parse(process.argv[2] ?? '{}') as {
  redisUrl: string;
  redisPrefix: string;
  concurrency: number;
  deadlineMs: number;
};

const queue = new Bull<PlainJob>('plain', redisUrl, { prefix: redisPrefix });
void queue.process(concurrency, async ({ data }) => {
  await axios.post(
    data.url,
    { data: { changeKey: data.key } },
    { timeout: deadlineMs, headers: { 'webhook-id': data.key } },
  );
});

process.on('message', (jobs: PlainJob[]) => {
  void queue.addBulk(
    jobs.map((data) => ({ data, opts: { attempts: 5, backoff: 300, removeOnComplete: true } })),
  );
});
process.once('disconnect', () => process.exit(0));
await queue.isReady();
process.send?.({ ready: true });
