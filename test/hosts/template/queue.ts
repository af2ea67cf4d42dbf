import { BullModule } from '@nestjs/bull';
import type { BullRootModuleOptions } from '@nestjs/bull';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Cluster } from 'ioredis';

import { settings } from './settings.js';

const clients: Cluster[] = [];

/** Bull leaves open what `createClient` made. */
@Injectable()
export class ClusterClients implements OnApplicationShutdown {
  onApplicationShutdown(): void {
    for (const client of clients) client.disconnect();
  }
}

export function queueModules(): DynamicModule[] {
  const { redis } = settings;
  if (!redis) return [];
  const { nodes, cluster, password, prefix } = redis;
  if (!cluster) return [BullModule.forRoot({ prefix, redis: { ...nodes[0], password } })];
  const createClient = () => {
    // Bull refuses a client that gives up or that asks Redis whether it is ready.
    const client = new Cluster(nodes, {
      redisOptions: { maxRetriesPerRequest: null, enableReadyCheck: false },
    });
    clients.push(client);
    return client;
  };
  // Bull's types know a single Redis; its REFERENCE.md shows a Cluster here.
  return [BullModule.forRoot({ prefix, createClient } as unknown as BullRootModuleOptions)];
}
