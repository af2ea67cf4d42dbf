import { Body, Controller, Get, Inject, Param, Patch, UseGuards } from '@nestjs/common';

import { OperatorGuard, PartnerGuard } from './partner.guard.js';
import type { Product } from './product.entity.js';
import { ChangeProductDto } from './products.dto.js';
import { ProductsService } from './products.service.js';
import { valid } from './valid.js';

@Controller('products')
@UseGuards(PartnerGuard)
export class ProductsController {
  constructor(@Inject(ProductsService) private readonly products: ProductsService) {}

  @Get()
  list(): Promise<Product[]> {
    return this.products.list(20);
  }

  @Patch(':id')
  @UseGuards(OperatorGuard)
  change(
    @Param('id') id: string,
    @Body(valid(ChangeProductDto)) changes: ChangeProductDto,
  ): Promise<Product> {
    return this.products.change(id, changes);
  }
}
