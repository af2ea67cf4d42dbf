import { Controller, Get, Header, Module } from '@nestjs/common';
import { Registry } from 'prom-client';

export const registry = new Registry();

@Controller('metrics')
class MetricsController {
  @Get()
  @Header('content-type', registry.contentType)
  metrics() {
    return registry.metrics();
  }
}

@Module({ controllers: [MetricsController] })
export class MetricsModule {}
