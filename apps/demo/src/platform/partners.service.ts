import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import type { ContractScope } from 'nestjs-booking-webhooks';

import { settings, tokenHash } from '../settings.js';
import { Contract } from './contract.entity.js';

/** Knows whose token is whose. */
@Injectable()
export class PartnersService {
  constructor(@InjectRepository(Contract) private readonly contracts: Repository<Contract>) {}

  async scopeOf(token: string): Promise<ContractScope | undefined> {
    if (token === settings.operatorToken) return ALL_CONTRACTS;
    const contract = await this.contracts.findOneBy({ tokenHash: tokenHash(token) });
    return contract?.id;
  }
}
