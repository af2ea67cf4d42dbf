// node test/chaos/fuzz/run.mjs [cases] [seed]: the fuzzing alone, on what `tsc -p test/chaos/tsconfig.build.json` emitted.
import { startServices } from '../../../scripts/services/services.mjs';

const [cases = '5000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const dist = process.env.CHAOS_DIST ?? '../dist';
const { fuzz } = await import(`${dist}/fuzz/fuzz.js`);
const services = await startServices();
try {
  const startedAt = Date.now();
  const result = await fuzz({ ...services, cases: Number(cases), seed: Number(seed), log: console.log });
  console.log(JSON.stringify(result, null, 2), `${(Date.now() - startedAt) / 1_000} s`);
  process.exitCode = [result.failures ?? []].flat().length === 0 ? 0 : 1;
} finally {
  await services.stop();
}
process.exit();
