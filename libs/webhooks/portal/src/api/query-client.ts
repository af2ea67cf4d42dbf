import { QueryClient } from '@tanstack/react-query';

import { mayPass } from './problem.js';

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: (failures, problem) => failures < 2 && mayPass(problem), staleTime: 5_000 },
      mutations: { retry: false },
    },
  });
}
