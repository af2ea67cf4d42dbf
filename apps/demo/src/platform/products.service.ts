import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { productUpdated, rateUpdated } from 'nestjs-booking-webhooks';

import { Contract } from './contract.entity.js';
import { parties, productData } from './event-data.js';
import { Product } from './product.entity.js';
import type { ChangeProductDto } from './products.dto.js';
import { PublishedChanges } from './published-changes.js';

@Injectable()
export class ProductsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(PublishedChanges) private readonly changes: PublishedChanges,
    @Inject(EventEmitter2) private readonly emitter: EventEmitter2,
  ) {}

  list(limit: number): Promise<Product[]> {
    return this.dataSource.manager.find(Product, { order: { id: 'DESC' }, take: limit });
  }

  /** Every partner sells every tour, so every partner hears of the change. */
  async change(id: string, changes: ChangeProductDto): Promise<Product> {
    const { product, before, contractIds } = await this.dataSource.transaction((manager) =>
      this.store(manager, id, changes),
    );
    // The other way in: an event of the host's own emitter. It is heard after the commit, so a crash right here loses it.
    if (product.priceCents !== before.priceCents) {
      for (const contractId of contractIds) {
        const rate = { productId: id, retail: product.priceCents, was: before.priceCents };
        this.emitter.emit('rate.updated', rateUpdated({ contractId, data: { rate } }));
      }
    }
    return product;
  }

  private async store(manager: EntityManager, id: string, changes: ChangeProductDto) {
    const before = await manager.findOne(Product, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!before) throw new NotFoundException(`There is no tour ${id}. GET /products lists them.`);
    const { name = before.name, priceCents = before.priceCents } = changes;
    const product: Product = { ...before, name, priceCents };
    await manager.update(Product, { id }, { name, priceCents });
    const contractIds = (await manager.find(Contract, { select: { id: true } })).map(
      (contract) => contract.id,
    );
    const changed = contractIds.map((contractId) => ({
      subject: id,
      event: productUpdated({
        ...parties(contractId),
        contractId,
        data: { product: productData(product) },
        previous: { product: productData(before) },
        resourceKey: `product:${id}`,
      }),
    }));
    await this.changes.publish(manager, changed);
    return { product, before, contractIds };
  }
}
