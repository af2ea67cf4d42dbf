// npm run build: the library first, since the demo compiles against what it emits; then the page that it serves.
import { buildLibrary, buildPage, buildProgram, inOrder } from './build-steps.mjs';
import { main } from './setup.mjs';

await main(() => inOrder(buildLibrary, buildPage, () => buildProgram('apps/demo')));
